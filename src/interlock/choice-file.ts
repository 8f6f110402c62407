import { type Disk, errorCode } from '../disk/disk.ts';
import { readReplaced, replaceFile } from '../disk/replace-file.ts';
import type { ChoiceStore } from './interlock-keeper.ts';

const OPTED_OUT = 'opted out\n';
const WATCHING = 'watching\n';
const MAX_BYTES = 64;

/** The resident's choice in a small file that a power cut leaves either old or new, never half. */
export class ChoiceFile implements ChoiceStore {
  readonly #path: string;
  readonly #disk: Disk;

  /** @param path its folder must exist */
  constructor(path: string, disk: Disk) {
    this.#path = path;
    this.#disk = disk;
  }

  /** Whether the resident has opted out. A file that cannot be understood counts as yes; none at all as no. */
  async load(): Promise<boolean> {
    try {
      return Buffer.from(await readReplaced(this.#disk, this.#path, MAX_BYTES)).toString() !== WATCHING;
    } catch (error) {
      return errorCode(error) !== 'ENOENT';
    }
  }

  save(optedOut: boolean): Promise<void> {
    return replaceFile(this.#disk, this.#path, Buffer.from(optedOut ? OPTED_OUT : WATCHING));
  }
}
