import { join } from 'node:path';
import type { Disk } from '../../src/disk/disk.ts';

const NAME = 'probe';

/**
 * Tries whether the spool takes a write, by an empty file of its own: a disk that has filled up with errors and was
 * made read-only, or that hangs, shows in nothing less. Neither program takes the file for a report.
 */
export class SpoolProbe {
  readonly #folder: string;
  readonly #disk: Disk;
  #trying = false;
  /** How many writes are known to be on the disk. */
  writes = 0;

  constructor(folder: string, disk: Disk) {
    this.#folder = folder;
    this.#disk = disk;
  }

  /** One at a time: while a write hangs, no other one is begun. @throws what the disk says */
  async try(): Promise<void> {
    if (this.#trying) return;
    this.#trying = true;
    try {
      await this.#disk.write(join(this.#folder, NAME), new Uint8Array());
      this.writes++;
    } finally {
      this.#trying = false;
    }
  }
}
