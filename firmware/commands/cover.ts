import { type Command, Option } from 'commander';
import type { ProfileName } from '../../src/detect/profile.ts';
import { COVER_STYLES, type CoverStyle } from '../../src/redact/cover.ts';
import { modelsDir, profileOption } from './options.ts';

export function addCover(program: Command): void {
  program
    .command('cover')
    .description('cover the faces in a video or a picture')
    .argument('<in>', 'a video or a picture')
    .argument('<out>', 'where it goes: .y4m, a video such as .mp4, or a picture such as .png')
    .addOption(profileOption())
    .addOption(new Option('--style <style>', 'how faces are covered').choices(COVER_STYLES).default('blur'))
    .option('--json', 'print what was done as one JSON object')
    .action(
      async (
        from: string,
        to: string,
        options: { profile: ProfileName; style: CoverStyle; json?: boolean },
      ) => {
        const { coverFile } = await import('../cover-file.ts');
        const progress = process.stderr.isTTY && !options.json;
        const done = await coverFile(from, to, {
          ...options,
          modelsDir: modelsDir(),
          progress: (frames) => progress && process.stderr.write(`\r${frames} frames`),
        });
        if (progress) process.stderr.write('\r');
        const { frames, covers, framesPerSecond, coveredWhole } = done;
        process.stdout.write(
          options.json
            ? `${JSON.stringify(done)}\n`
            : `${to}: ${frames} frames, ${covers} covers, ${coveredWhole} frames covered whole, ${framesPerSecond.toFixed(1)} frames per second\n`,
        );
      },
    );
}
