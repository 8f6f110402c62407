import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type Disk, errorCode } from '../disk/disk.ts';
import { readReplaced, replaceFile } from '../disk/replace-file.ts';
import { LintelError } from '../lintel-error.ts';
import { REPORT_LEVELS, type ReportLevel } from '../wire/report.ts';

/** The starts of windows from the first to the last one, both released, and all between, which are never released any more. */
type Stretch = readonly [first: number, last: number];
type Marks = Readonly<Record<ReportLevel, readonly Stretch[]>>;

const NAME = 'marks';
const MAX_BYTES = 4_096;
const LONGEST_DAY_SECONDS = 90_000;
/** When there are more stretches of a level, the two that are nearest to each other become one. */
const MOST_STRETCHES = 32;

/**
 * Which windows of each level were released, in one small file. None of them is ever released again, whatever the clock
 * does (promise P8). They are kept as stretches of time, so that a clock that was set far ahead and back again blocks only
 * the windows that it led to. The file stays small: of many stretches the two nearest become one, and what lies between
 * them, hours in which the power was off perhaps, is never released any more.
 */
export class ReleaseMarks {
  readonly #disk: Disk;
  readonly #folder: string;
  /** Windows whose starts are so near each other lie in one stretch: they follow each other at once. */
  readonly #nearSeconds: Readonly<Record<ReportLevel, number>>;
  #marks: Marks;

  private constructor(disk: Disk, folder: string, windowSeconds: number, marks: Marks) {
    this.#disk = disk;
    this.#folder = folder;
    this.#nearSeconds = { window: windowSeconds, day: LONGEST_DAY_SECONDS };
    this.#marks = marks;
  }

  /**
   * @param windowSeconds how long a window is that is not a day
   * @throws LintelError SPOOL_MARKS_DAMAGED when the file is there and cannot be trusted
   */
  static async load(disk: Disk, folder: string, windowSeconds: number): Promise<ReleaseMarks> {
    return new ReleaseMarks(disk, folder, windowSeconds, await read(disk, join(folder, NAME)));
  }

  /** Whether the window was released, or lies where it is not known any more. */
  has(level: ReportLevel, windowStartSeconds: number): boolean {
    return this.#marks[level].some(
      ([first, last]) => windowStartSeconds >= first && windowStartSeconds <= last,
    );
  }

  /** Once it resolves, no power cut undoes it. When it rejects, it may or may not last: mark the same window again. */
  async mark(level: ReportLevel, windowStartSeconds: number): Promise<void> {
    const next = {
      ...this.#marks,
      [level]: withWindow(this.#marks[level], windowStartSeconds, this.#nearSeconds[level]),
    };
    await replaceFile(this.#disk, join(this.#folder, NAME), encode(next));
    this.#marks = next;
  }
}

function withWindow(stretches: readonly Stretch[], start: number, near: number): Stretch[] {
  const sorted = [...stretches, [start, start] as const].sort(([a], [b]) => a - b);
  const merged: Stretch[] = [];
  for (const stretch of sorted) {
    const before = merged.at(-1);
    if (before && stretch[0] - before[1] <= near) merged[merged.length - 1] = joined(before, stretch);
    else merged.push(stretch);
  }
  while (merged.length > MOST_STRETCHES) joinNearest(merged);
  return merged;
}

function joinNearest(stretches: Stretch[]): void {
  const gap = (at: number): number => stretches[at + 1]![0] - stretches[at]![1];
  let nearest = 0;
  for (let at = 1; at < stretches.length - 1; at++) if (gap(at) < gap(nearest)) nearest = at;
  stretches.splice(nearest, 2, joined(stretches[nearest]!, stretches[nearest + 1]!));
}

function joined([first, last]: Stretch, [otherFirst, otherLast]: Stretch): Stretch {
  return [Math.min(first, otherFirst), Math.max(last, otherLast)];
}

async function read(disk: Disk, path: string): Promise<Marks> {
  try {
    return decode(await readReplaced(disk, path, MAX_BYTES));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { window: [], day: [] };
    if (errorCode(error) !== 'EFBIG' && !(error instanceof SyntaxError)) throw error;
    throw new LintelError(
      'SPOOL_MARKS_DAMAGED',
      `${path} is damaged, so nothing is released: delete it to go on; a report that was being written just then is lost`,
      error,
    );
  }
}

function encode(marks: Marks): Uint8Array {
  const lines = REPORT_LEVELS.map((level) =>
    [level, ...marks[level].map((stretch) => stretch.join('-'))].join(' '),
  );
  const body = ['lintel-marks 2', ...lines, ''].join('\n');
  return Buffer.from(`${body}crc32 ${crc32(body).toString(16)}\n`);
}

function decode(bytes: Uint8Array): Marks {
  const text = Buffer.from(bytes).toString('latin1');
  const stretches = (level: ReportLevel): Stretch[] => {
    const [, ...found] = new RegExp(`^${level}[ 0-9-]*$`, 'm').exec(text)?.[0].split(' ') ?? [];
    return found.map((stretch) => stretch.split('-').map(Number) as unknown as Stretch);
  };
  const marks = { window: stretches('window'), day: stretches('day') };
  if (Buffer.compare(encode(marks), bytes) !== 0) throw new SyntaxError('these are not the marks as written');
  return marks;
}
