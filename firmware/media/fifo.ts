import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

const RETRY_MS = 5;

/**
 * A named pipe, in a folder that nobody else may enter. What another program writes to it is read like a file, straight into
 * the memory where it is wanted; the streams of child processes come in pieces that are allocated anew.
 */
export class Fifo {
  readonly path: string;

  /** @param parent the folder in which its own is made */
  static async make(parent = tmpdir()): Promise<Fifo> {
    const folder = await mkdtemp(join(parent, 'lintel-fifo-'));
    const path = join(folder, 'frames');
    const fifo = new Fifo(path);
    try {
      await promisify(execFile)('mkfifo', ['-m', '600', path]);
    } catch (error) {
      await fifo.remove();
      throw error;
    }
    return fifo;
  }

  private constructor(path: string) {
    this.path = path;
  }

  /** Resolves when the writer has opened its end, or is `gone` without having done so: then there is nothing to read. */
  async openForReading(gone: Promise<unknown>): Promise<FileHandle> {
    let isOpen = false;
    const opening = open(this.path, 'r').finally(() => {
      isOpen = true;
    });
    void gone.then(() => this.#openForNobody(() => isOpen));
    return await opening;
  }

  /** Stands in for the writer for a moment; tried again as long as the reader is only on its way to wait for one. */
  async #openForNobody(isOpen: () => boolean): Promise<void> {
    while (!isOpen()) {
      try {
        const writer = await open(this.path, constants.O_WRONLY | constants.O_NONBLOCK);
        return await writer.close();
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENXIO') return;
      }
      await setTimeout(RETRY_MS);
    }
  }

  async remove(): Promise<void> {
    await rm(dirname(this.path), { recursive: true, force: true });
  }
}
