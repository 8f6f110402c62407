import { join } from 'node:path';
import type { Disk } from '../disk/disk.ts';
import { NodeDisk } from '../disk/node-disk.ts';
import { replaceFile } from '../disk/replace-file.ts';
import { readSpoolFile } from './read-spool-file.ts';
import { spoolError } from './spool-error.ts';

/** `current` is how the device is; `lost` is what the broker is to say of it when the connection is gone. */
export type StatusKind = 'current' | 'lost';

/** Beside the reports in the spool; neither is ever taken for one. */
const NAMES: Record<StatusKind, string> = { current: 'status', lost: 'lost' };

/** The two signed statuses in the spool: written by `vision`, read by `uplink`. */
export class StatusFiles {
  readonly #folder: string;
  readonly #disk: Disk;

  /** @param spoolDir must exist: `Spool.open` and `Outbox.open` make it */
  constructor(spoolDir: string, disk: Disk = new NodeDisk()) {
    this.#folder = spoolDir;
    this.#disk = disk;
  }

  /** A power cut leaves the old one or the new one. One at a time. @throws LintelError SPOOL_FULL, SPOOL_IO */
  async write(kind: StatusKind, bytes: Uint8Array): Promise<void> {
    try {
      await replaceFile(this.#disk, join(this.#folder, NAMES[kind]), bytes);
    } catch (error) {
      throw spoolError(this.#folder, error);
    }
  }

  /**
   * The bytes as `vision` wrote them; `decodeStatus` says whether they are a status.
   * @returns undefined when there is none
   * @throws LintelError SPOOL_OVERSIZED when it cannot be one of vision's files; SPOOL_IO when it cannot be read
   */
  read(kind: StatusKind): Promise<Uint8Array | undefined> {
    return readSpoolFile(this.#disk, join(this.#folder, NAMES[kind]));
  }
}
