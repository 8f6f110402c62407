import { type Command, Option } from 'commander';
import type { ProfileName } from '../../src/detect/profile.ts';
import { COVER_STYLES, type CoverStyle } from '../../src/redact/cover.ts';
import { endingSignal } from './ending.ts';
import { modelsDir, profileOption, showFrames } from './options.ts';

export function addCover(program: Command): void {
  program
    .command('cover')
    .description('cover the faces in a video or a picture')
    .argument('<in>', 'a video or a picture')
    .argument('<out>', 'where it goes: .y4m, a video such as .mp4, or a picture such as .png')
    .addOption(profileOption())
    .addOption(new Option('--style <style>', 'how faces are covered').choices(COVER_STYLES).default('blur'))
    .option('--json', 'print what was done as one JSON object')
    .addHelpText(
      'after',
      '\nSound is left out. A frame of which the faces are not known is covered whole. <out> is replaced if it is there.',
    )
    .action(
      async (
        from: string,
        to: string,
        options: { profile: ProfileName; style: CoverStyle; json?: boolean },
      ) => {
        const { coverFile } = await import('../cover-file.ts');
        const progress = showFrames();
        const done = await coverFile(from, to, {
          ...options,
          modelsDir: modelsDir(),
          progress: progress.show,
          signal: endingSignal(),
        }).finally(progress.clear);
        const { frames, covers, framesPerSecond, coveredWhole } = done;
        process.stdout.write(
          options.json
            ? `${JSON.stringify(done)}\n`
            : `${to}: ${amount(frames, 'frame')}, ${amount(covers, 'cover')}, ${amount(coveredWhole, 'frame')} covered whole, ${framesPerSecond} frames per second\n`,
        );
      },
    );
}

function amount(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
