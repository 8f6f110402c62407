import { join } from 'node:path';
import type { Disk } from '../disk/disk.ts';
import type { ChoiceStore } from './interlock-keeper.ts';

const OPTED_OUT = 'opted-out';
const WATCHING = 'watching';

/**
 * The resident's choice as the name of an empty file. It is renamed when the choice changes: in one step, so that a
 * power cut leaves the old one or the new one, and without need of room, so that a full disk takes it too.
 */
export class ChoiceFile implements ChoiceStore {
  readonly #folder: string;
  readonly #disk: Disk;

  /** @param folder must exist */
  constructor(folder: string, disk: Disk) {
    this.#folder = folder;
    this.#disk = disk;
  }

  /**
   * Whether the resident has opted out: not where nothing was ever chosen, and always where the choice cannot be read
   * or written.
   */
  async load(): Promise<boolean> {
    try {
      const optedOut = await this.read();
      // The program that was told of it may have been killed before it was safe.
      await this.save(optedOut);
      return optedOut;
    } catch {
      return true;
    }
  }

  /** What was chosen last, and nothing is written. Rejects with the disk's own error. */
  async read(): Promise<boolean> {
    return (await this.#disk.list(this.#folder)).includes(OPTED_OUT);
  }

  async save(optedOut: boolean): Promise<void> {
    const [other, chosen] = optedOut ? [WATCHING, OPTED_OUT] : [OPTED_OUT, WATCHING];
    const names = await this.#disk.list(this.#folder);
    if (names.includes(other)) {
      await this.#disk.rename(join(this.#folder, other), join(this.#folder, chosen));
    } else if (!names.includes(chosen)) {
      await this.#disk.write(join(this.#folder, chosen), new Uint8Array());
    }
    await this.#disk.syncDirectory(this.#folder);
  }
}
