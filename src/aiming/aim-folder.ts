import { join } from 'node:path';
import type { Disk } from '../disk/disk.ts';
import { replaceFile } from '../disk/replace-file.ts';

/** The newest covered still, and how the door is: `AimingStatus`. */
export const AIM_FILES = { still: 'still.jpg', status: 'status.json' } as const;
export type AimFile = keyof typeof AIM_FILES;

/** `vision` may write no longer file (`LimitFSIZE` of its service). */
export const MOST_STILL_BYTES = 65_536;

/** The folder in memory in which `vision` shows an installer what it sees, for as long as aiming lasts. */
export class AimFolder {
  readonly #folder: string;
  readonly #disk: Disk;

  constructor(folder: string, disk: Disk) {
    this.#folder = folder;
    this.#disk = disk;
  }

  /** Whoever reads it meanwhile has the old file or the new one, whole. */
  put(file: AimFile, bytes: Uint8Array): Promise<void> {
    return replaceFile(this.#disk, this.#path(file), bytes);
  }

  async remove(file: AimFile): Promise<void> {
    await this.#disk.remove(`${this.#path(file)}.tmp`);
    await this.#disk.remove(this.#path(file));
  }

  /** Leaves nothing of it; the still goes first. */
  async clear(): Promise<void> {
    for (const file of ['still', 'status'] as const) await this.remove(file);
  }

  #path(file: AimFile): string {
    return join(this.#folder, AIM_FILES[file]);
  }
}
