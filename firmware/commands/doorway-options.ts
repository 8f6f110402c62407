import { type Command, InvalidArgumentError, Option } from 'commander';
import { WAYS_IN, type WayIn } from '../../src/config/ways-in.ts';
import type { DoorwayLine } from '../../src/count/doorway.ts';
import { LintelError } from '../../src/lintel-error.ts';
import type { WatchedDoorway } from '../count-in.ts';

export interface DoorwayOptions {
  readonly settings?: string;
  readonly doorway?: DoorwayLine;
}

/** Adds the two ways to say where the doorway is. */
export function addDoorwayOptions(command: Command): Command {
  return command
    .option('--settings <file>', 'take the doorway from these settings')
    .addOption(
      new Option(
        '--doorway <x1,y1,x2,y2:way>',
        "or this line, its ends as fractions of the picture, and the way in: '0.5,0,0.5,1:left-to-right'",
      )
        .argParser(doorwayLine)
        .conflicts('settings'),
    );
}

/** @throws LintelError USAGE when there is none, SETTINGS_... */
export async function watchedDoorway({ settings, doorway }: DoorwayOptions): Promise<WatchedDoorway> {
  if (doorway) return { doorway, faces: ['in', 'out'] };
  if (settings === undefined) {
    throw new LintelError(
      'USAGE',
      'where is the doorway? Give --settings <file>, or --doorway <x1,y1,x2,y2:way>',
    );
  }
  const { loadSettings } = await import('../../src/config/settings.ts');
  return await loadSettings(settings);
}

function doorwayLine(value: string): DoorwayLine {
  const [ends = '', way = ''] = value.split(':');
  const [x1, y1, x2, y2, ...more] = ends
    .split(',')
    .map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const isWhole = more.length === 0 && [x1, y1, x2, y2].every((part) => part! >= 0 && part! <= 1);
  if (!isWhole || !Object.hasOwn(WAYS_IN, way)) {
    throw new InvalidArgumentError(
      `Give four numbers from 0 to 1 and the way in (${Object.keys(WAYS_IN).join(', ')}), such as 0.5,0,0.5,1:left-to-right.`,
    );
  }
  return { from: [x1!, y1!], to: [x2!, y2!], in: WAYS_IN[way as WayIn] };
}
