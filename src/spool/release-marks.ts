import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type Disk, errorCode } from '../disk/disk.ts';
import { readReplaced, replaceFile } from '../disk/replace-file.ts';
import { LintelError } from '../lintel-error.ts';
import { REPORT_LEVELS, type ReportLevel } from '../wire/report.ts';

type LastReleased = Record<ReportLevel, number>;

const NAME = 'marks';
const MAX_BYTES = 256;

/**
 * The last window of each level that was released, in one small file. It only ever rises: no window up to it is
 * released again, whatever the clock does (promise P8).
 */
export class ReleaseMarks {
  readonly #disk: Disk;
  readonly #folder: string;
  #last: LastReleased;

  private constructor(disk: Disk, folder: string, last: LastReleased) {
    this.#disk = disk;
    this.#folder = folder;
    this.#last = last;
  }

  /** @throws LintelError SPOOL_MARKS_DAMAGED when the file is there and cannot be trusted */
  static async load(disk: Disk, folder: string): Promise<ReleaseMarks> {
    return new ReleaseMarks(disk, folder, await read(disk, join(folder, NAME)));
  }

  /** Unix seconds of the last released window's start; 0 when there was none. */
  last(level: ReportLevel): number {
    return this.#last[level];
  }

  /** Once it resolves, no power cut undoes it. When it rejects, it may or may not last: mark the same window again. */
  async mark(level: ReportLevel, windowStartSeconds: number): Promise<void> {
    const next = { ...this.#last, [level]: Math.max(this.#last[level], windowStartSeconds) };
    await replaceFile(this.#disk, join(this.#folder, NAME), encode(next));
    this.#last = next;
  }
}

async function read(disk: Disk, path: string): Promise<LastReleased> {
  try {
    return decode(await readReplaced(disk, path, MAX_BYTES));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { window: 0, day: 0 };
    if (errorCode(error) !== 'EFBIG' && !(error instanceof SyntaxError)) throw error;
    throw new LintelError(
      'SPOOL_MARKS_DAMAGED',
      `${path} is damaged, so nothing is released: delete it to go on; a report that was being written just then is lost`,
      error,
    );
  }
}

function encode(last: LastReleased): Uint8Array {
  const body = ['lintel-marks 1', ...REPORT_LEVELS.map((level) => `${level} ${last[level]}`), ''].join('\n');
  return Buffer.from(`${body}crc32 ${crc32(body).toString(16)}\n`);
}

function decode(bytes: Uint8Array): LastReleased {
  const text = Buffer.from(bytes).toString('latin1');
  const number = (level: ReportLevel) => Number(new RegExp(`^${level} ([0-9]{1,10})$`, 'm').exec(text)?.[1]);
  const last = { window: number('window'), day: number('day') };
  if (Buffer.compare(encode(last), bytes) !== 0) throw new SyntaxError('these are not the marks as written');
  return last;
}
