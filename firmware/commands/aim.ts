import type { Command } from 'commander';
import type { ProfileName } from '../../src/detect/profile.ts';
import type { Aim } from '../aim.ts';
import { addDoorwayOptions, type DoorwayOptions, watchedDoorway } from './doorway-options.ts';
import { duration, modelsDir, profileOption } from './options.ts';

export function addAim(program: Command): void {
  addDoorwayOptions(
    program
      .command('aim')
      .description('show where the doorway lies, on a covered still of a recording')
      .argument('<file>', 'a recording of what the camera sees'),
  )
    .addOption(profileOption().default('far'))
    .option('--at <time>', 'the moment to take, such as 12s', duration, 0)
    .option(
      '--out <picture>',
      'write the still, with the doorway and a grid of tenths drawn on it: .png or .jpg',
    )
    .option('--json', 'print the doorway as one JSON object, in fractions and in pixels')
    .addHelpText(
      'after',
      `
Every face in the still is covered; if that cannot be done, no picture is written. The line, or the area where people are
before they come in, is red; the arrow, or the area where they then are, is green. What lies outside the white edge of
doorway.area is not looked at, and black. The numbers are those that the settings
take: fractions of the width, from the left, and of the height, from the top.`,
    )
    .action(
      async (
        file: string,
        options: DoorwayOptions & { profile: ProfileName; at: number; out?: string; json?: boolean },
      ) => {
        const { doorway, area } = await watchedDoorway(options);
        const { aim } = await import('../aim.ts');
        const { profile, at, out } = options;
        const aimed = await aim(file, {
          doorway,
          ...(area && { area }),
          profile,
          modelsDir: modelsDir(),
          atSeconds: at / 1_000,
          ...(out !== undefined && { out }),
        });
        process.stdout.write(options.json ? `${JSON.stringify(aimed)}\n` : describe(aimed, out));
      },
    );
}

function describe({ file, frame, width, height, doorway, pixels, covers }: Aim, out?: string): string {
  const shapes = Object.entries(pixels).map(([name, points]) => {
    const text = points.map(([x, y]) => `(${x}, ${y})`).join(' ');
    return `  ${{ line: 'line', inArea: 'in area', outArea: 'out area', area: 'seen' }[name]} ${text}\n`;
  });
  const side =
    'in' in doorway
      ? `  in is ${{ left: 'to the left', right: 'to the right' }[doorway.in as string] ?? doorway.in}\n`
      : '';
  const picture = out === undefined ? '' : `${out}: frame ${frame}, ${covers} covered\n`;
  return `${file} (${width}x${height}), in pixels:\n${shapes.join('')}${side}${picture}`;
}
