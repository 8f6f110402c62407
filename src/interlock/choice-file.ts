import { type FileHandle, open, readFile, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ChoiceStore } from './interlock-keeper.ts';

const OPTED_OUT = 'opted out\n';
const WATCHING = 'watching\n';

/**
 * The resident's choice in a small file that a power cut leaves either old or new, never half: it is written
 * beside, flushed, and renamed over (POSIX `rename` is atomic), and the folder flushed after that.
 */
export class ChoiceFile implements ChoiceStore {
  readonly #path: string;

  /** @param path its folder must exist */
  constructor(path: string) {
    this.#path = path;
  }

  /** Whether the resident has opted out. A file that cannot be understood counts as yes; none at all as no. */
  async load(): Promise<boolean> {
    try {
      return (await readFile(this.#path, 'utf8')) !== WATCHING;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code !== 'ENOENT';
    }
  }

  async save(optedOut: boolean): Promise<void> {
    const folder = dirname(this.#path);
    const beside = join(folder, `.${basename(this.#path)}.new`);
    await flushed(beside, 'w', (file) => file.writeFile(optedOut ? OPTED_OUT : WATCHING));
    await rename(beside, this.#path);
    await flushed(folder, 'r', async () => {});
  }
}

async function flushed(
  path: string,
  flags: string,
  write: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await write(file);
    await file.sync();
  } finally {
    await file.close();
  }
}
