import { join } from 'node:path';
import type { Disk } from '../disk/disk.ts';
import { NodeDisk } from '../disk/node-disk.ts';
import { readSpoolFile } from './read-spool-file.ts';
import { spoolError } from './spool-error.ts';
import { parseSpoolName, type ReportedWindow, spoolName } from './spool-name.ts';

/** uplink's side of the spool. The directory is the only queue there is: what is sent is deleted, the rest stays. */
export class Outbox {
  readonly #folder: string;
  readonly #disk: Disk;

  private constructor(spoolDir: string, disk: Disk) {
    this.#folder = spoolDir;
    this.#disk = disk;
  }

  /** Makes the directory if need be: either program may be the first. @throws LintelError SPOOL_FULL, SPOOL_IO */
  static async open(spoolDir: string, disk: Disk = new NodeDisk()): Promise<Outbox> {
    const outbox = new Outbox(spoolDir, disk);
    await outbox.#attempt(() => disk.makeDirectory(spoolDir));
    return outbox;
  }

  /** The reports that wait to be sent, oldest first. @throws LintelError SPOOL_IO */
  async list(): Promise<ReportedWindow[]> {
    const names = await this.#attempt(() => this.#disk.list(this.#folder));
    const windows = names.map(parseSpoolName).filter((window) => window !== undefined);
    return windows.sort(
      (a, b) => a.windowStartSeconds - b.windowStartSeconds || (a.level < b.level ? 1 : -1),
    );
  }

  /**
   * @returns undefined when the file is not there any more
   * @throws LintelError SPOOL_OVERSIZED when it cannot be one of vision's files; SPOOL_IO when it cannot be read
   */
  read(window: ReportedWindow): Promise<Uint8Array | undefined> {
    return readSpoolFile(this.#disk, this.#path(window));
  }

  /** @throws LintelError SPOOL_IO; the report is then sent again, which a receiver tells by its window */
  remove(window: ReportedWindow): Promise<void> {
    return this.#attempt(() => this.#disk.remove(this.#path(window)));
  }

  /** Renames what is not a report to `*.bad`, for a person to look at. @throws LintelError SPOOL_IO */
  setAside(window: ReportedWindow): Promise<void> {
    return this.#attempt(() => this.#disk.rename(this.#path(window), `${this.#path(window)}.bad`));
  }

  /**
   * Calls `listener` when there may be something new; one call may be missed.
   * @returns a function that ends it
   * @throws LintelError SPOOL_IO
   */
  watch(listener: () => void): () => void {
    try {
      return this.#disk.watch(this.#folder, listener);
    } catch (error) {
      throw spoolError(this.#folder, error);
    }
  }

  #path(window: ReportedWindow): string {
    return join(this.#folder, spoolName(window));
  }

  async #attempt<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw spoolError(this.#folder, error);
    }
  }
}
