import type { Command } from 'commander';
import type { ProfileName } from '../../src/detect/profile.ts';
import type { CountedFile } from '../count-in.ts';
import { addDoorwayOptions, type DoorwayOptions, watchedDoorway } from './doorway-options.ts';
import { modelsDir, profileOption, showFrames } from './options.ts';

export function addCount(program: Command): void {
  addDoorwayOptions(
    program
      .command('count')
      .description('tell the exact crossings of a recorded file, to check how well they are counted')
      .argument('<file>', 'a recording; a camera is refused'),
  )
    .addOption(profileOption())
    .option(
      '--json',
      'print one JSON object: each crossing with its frame, seconds and direction, and the sums',
    )
    .addHelpText(
      'after',
      `
Frames are numbered from 0. A crossing is told in the frame in which it became certain, when the face is half its size
past the line. Only people whose faces are seen are counted; a direction that the settings say nobody shows a face in is
'not measured' (null in JSON), not zero. Of a camera, nothing exact is ever told.`,
    )
    .action(async (file: string, options: DoorwayOptions & { profile: ProfileName; json?: boolean }) => {
      const watched = await watchedDoorway(options);
      const { countIn } = await import('../count-in.ts');
      const progress = showFrames();
      const counted = await countIn(file, {
        ...watched,
        profile: options.profile,
        modelsDir: modelsDir(),
        progress: progress.show,
      }).finally(progress.clear);
      process.stdout.write(options.json ? `${JSON.stringify(counted)}\n` : describe(counted));
    });
}

function describe({ file, frames, crossings, counts }: CountedFile): string {
  const lines = crossings.map(
    ({ frame, seconds, direction }) => `  frame ${frame} (${seconds} s): ${direction}\n`,
  );
  const sum = (count: number | null): string => (count === null ? 'not measured' : `${count}`);
  return `${file}: ${frames} frames, in ${sum(counts.in)}, out ${sum(counts.out)}\n${lines.join('')}`;
}
