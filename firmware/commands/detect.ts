import type { Command } from 'commander';
import type { ProfileName } from '../../src/detect/profile.ts';
import { LintelError } from '../../src/lintel-error.ts';
import type { FoundFaces } from '../detect-in.ts';
import { modelsDir, profileOption } from './options.ts';

export function addDetect(program: Command): void {
  program
    .command('detect')
    .description('find the faces in pictures')
    .argument('<file...>', 'pictures, or videos of which the first frame is taken')
    .addOption(profileOption())
    .option('--json', 'print an array with one object for each picture')
    .addHelpText(
      'after',
      `
Every box is covered; only those that are surely faces can be counted. In JSON a box is [x, y, width, height, score],
in pixels from the upper left corner. A file that cannot be read is told of and left out; the exit code is then 1.`,
    )
    .action(async (files: string[], options: { profile: ProfileName; json?: boolean }) => {
      const { detectIn } = await import('../detect-in.ts');
      const found: FoundFaces[] = [];
      const told = new Set<string>();
      for (const file of files) {
        try {
          const faces = await detectIn(file, options.profile, modelsDir());
          if (options.json) found.push(faces);
          else process.stdout.write(describe(faces));
        } catch (error) {
          if (!(error instanceof LintelError)) throw error;
          if (!told.has(error.message)) process.stderr.write(`lintel: ${error.message}\n`);
          told.add(error.message);
          process.exitCode = 1;
        }
      }
      if (options.json) process.stdout.write(`[\n${found.map(json).join(',\n')}\n]\n`);
    });
}

function json(faces: FoundFaces): string {
  return `  ${JSON.stringify(faces)}`;
}

function describe({ file, width, height, cover, count }: FoundFaces): string {
  const lines = cover.map((box) => {
    const [x, y, w, h] = box.map(Math.round);
    return `  ${w}x${h} at ${x}, ${y}, score ${box[4].toFixed(3)}${count.includes(box) ? '' : ', not counted'}\n`;
  });
  return `${file} (${width}x${height}): ${cover.length} to cover, ${count.length} to count\n${lines.join('')}`;
}
