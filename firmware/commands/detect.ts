import type { Command } from 'commander';
import type { ProfileName } from '../../src/detect/profile.ts';
import { modelsDir, profileOption } from './options.ts';

export function addDetect(program: Command): void {
  program
    .command('detect')
    .description('find the faces in pictures')
    .argument('<file...>', 'pictures, or videos of which the first frame is taken')
    .addOption(profileOption())
    .option('--json', 'an array with one object for each picture')
    .action(async (files: string[], options: { profile: ProfileName; json?: boolean }) => {
      const { detectIn } = await import('../detect-in.ts');
      const found = [];
      for (const file of files) found.push(await detectIn(file, options.profile, modelsDir()));
      if (options.json) {
        process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
        return;
      }
      for (const { file, width, height, cover, count } of found) {
        process.stdout.write(
          `${file} (${width}x${height}): ${cover.length} to cover, ${count.length} to count\n`,
        );
        for (const [x, y, w, h, score] of cover) {
          process.stdout.write(`  ${w} x ${h} at ${x}, ${y}, score ${score}\n`);
        }
      }
    });
}
