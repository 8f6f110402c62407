import { join } from 'node:path';
import { type Disk, errorCode } from '../disk/disk.ts';
import { NodeDisk } from '../disk/node-disk.ts';
import { LintelError } from '../lintel-error.ts';
import type { ReportLevel } from '../wire/report.ts';
import { ReleaseMarks } from './release-marks.ts';
import { spoolError } from './spool-error.ts';
import {
  MAX_SPOOL_FILE_BYTES,
  parseTemporaryName,
  type ReportedWindow,
  spoolName,
  temporaryName,
} from './spool-name.ts';

export interface SpoolOptions {
  /** Shared with `uplink`. */
  readonly spoolDir: string;
  /** vision's own. */
  readonly stateDir: string;
  /** How long a window is that is not a day; an hour if not given. */
  readonly windowSeconds?: number;
  readonly disk?: Disk;
}

interface Release {
  readonly window: ReportedWindow;
  readonly bytes: Uint8Array;
  /** How many steps are done. */
  done: number;
}

/**
 * vision's side of the spool: a window is released once, ever, and its report is never lost (promise P8).
 *
 * Invariant: a window is marked only when its whole report lasts under a temporary name, and the report gets its
 * own name only when the mark lasts. So a temporary file of a marked window is a report that `uplink` has yet to
 * see, and is finished; one of an unmarked window was never released, and is removed.
 */
export class Spool {
  readonly #disk: Disk;
  readonly #folder: string;
  readonly #marks: ReleaseMarks;
  /** Oldest first. Only the first is ever worked on, so no window is marked before an older one is in place. */
  readonly #waiting: Release[] = [];
  #working: Promise<void> = Promise.resolve();

  private constructor(disk: Disk, folder: string, marks: ReleaseMarks) {
    this.#disk = disk;
    this.#folder = folder;
    this.#marks = marks;
  }

  /**
   * Makes the directories if need be, and finishes or removes what a power cut left half done.
   * @throws LintelError SPOOL_MARKS_DAMAGED, SPOOL_FULL, SPOOL_IO: nothing is released until it is mended
   */
  static async open(options: SpoolOptions): Promise<Spool> {
    const { spoolDir, stateDir, windowSeconds = 3_600, disk = new NodeDisk() } = options;
    const marks = await attempt(stateDir, async () => {
      await disk.makeDirectory(stateDir);
      return ReleaseMarks.load(disk, stateDir, windowSeconds);
    });
    await attempt(spoolDir, () => disk.makeDirectory(spoolDir).then(() => recover(disk, spoolDir, marks)));
    return new Spool(disk, spoolDir, marks);
  }

  /** True for every window that was handed to `release`, in this run or an earlier one. */
  isReleased(level: ReportLevel, windowStartSeconds: number): boolean {
    const isIt = ({ window }: Release): boolean =>
      window.level === level && window.windowStartSeconds === windowStartSeconds;
    return this.#waiting.some(isIt) || this.#marks.has(level, windowStartSeconds);
  }

  /** Reports that are not yet safe on the disk, because it failed. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /**
   * Takes a report over for good; call it once for a window. Resolves when no power cut can lose the report any
   * more. When the disk fails the report is kept in memory, so that a window is never drawn twice, and the next
   * `release` or `retry` goes on with it.
   * @throws LintelError SPOOL_REPEATED, SPOOL_OVERSIZED: not taken; SPOOL_FULL, SPOOL_IO: kept
   */
  async release(window: ReportedWindow, bytes: Uint8Array): Promise<void> {
    const name = spoolName(window);
    if (this.isReleased(window.level, window.windowStartSeconds)) {
      throw new LintelError('SPOOL_REPEATED', `${name} has been released: it is never done twice`);
    }
    if (bytes.length > MAX_SPOOL_FILE_BYTES) {
      throw new LintelError('SPOOL_OVERSIZED', `${name} would have ${bytes.length} bytes, over 64 KiB`);
    }
    this.#waiting.push({ window, bytes: Uint8Array.from(bytes), done: 0 });
    return this.retry();
  }

  /** Tries again to put the waiting reports in place. @throws LintelError SPOOL_FULL, SPOOL_IO: they are kept */
  retry(): Promise<void> {
    const turn = () => attempt(this.#folder, () => this.#placeAll());
    this.#working = this.#working.then(turn, turn);
    return this.#working;
  }

  async #placeAll(): Promise<void> {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      await this.#place(next);
      this.#waiting.shift();
    }
  }

  async #place(release: Release): Promise<void> {
    const { window, bytes } = release;
    const temporary = join(this.#folder, temporaryName(window));
    const steps = [
      () => this.#disk.write(temporary, bytes),
      () => this.#disk.syncDirectory(this.#folder),
      () => this.#marks.mark(window.level, window.windowStartSeconds),
      () => this.#disk.rename(temporary, join(this.#folder, spoolName(window))),
      () => this.#disk.syncDirectory(this.#folder),
    ];
    try {
      for (let step = steps[release.done]; step; step = steps[release.done]) {
        await step();
        release.done += 1;
      }
    } catch (error) {
      // Somebody has tidied the temporary file away, in making room perhaps.
      if (errorCode(error) === 'ENOENT') release.done = 0;
      throw error;
    }
  }
}

async function recover(disk: Disk, folder: string, marks: ReleaseMarks): Promise<void> {
  for (const name of await disk.list(folder)) {
    const window = parseTemporaryName(name);
    if (!window) continue;
    const isMarked = marks.has(window.level, window.windowStartSeconds);
    await (isMarked
      ? disk.rename(join(folder, name), join(folder, spoolName(window)))
      : disk.remove(join(folder, name)));
  }
}

async function attempt<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw spoolError(folder, error);
  }
}
