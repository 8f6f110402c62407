import { constants, writeSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { LintelError } from '../../src/lintel-error.ts';
import { Fifo } from '../media/fifo.ts';

/**
 * The named pipe that a camera's program writes its frames to. Held open at both ends: opening waits for nobody and
 * reading finds no end, so that whoever reads is told by others that the program is gone, and woken.
 */
export class FramePipe {
  readonly path: string;
  readonly #reader: FileHandle;
  readonly #waker: FileHandle;
  readonly #made: AsyncDisposableStack;
  readonly #wake = (): void => this.wake();

  /** @throws LintelError CAMERA_PIPE */
  static async make(): Promise<FramePipe> {
    // Under systemd, a folder in memory that is this service's own.
    const folder = process.env.RUNTIME_DIRECTORY ?? tmpdir();
    try {
      await using made = new AsyncDisposableStack();
      const fifo = made.adopt(await Fifo.make(folder), (fifo) => fifo.remove());
      const reader = made.use(await open(fifo.path, constants.O_RDWR));
      const waker = made.use(await open(fifo.path, constants.O_WRONLY | constants.O_NONBLOCK));
      return new FramePipe(fifo.path, reader, waker, made.move());
    } catch (cause) {
      const message = `no pipe can be made in ${folder}: see that this user may write there (${(cause as Error).message})`;
      throw new LintelError('CAMERA_PIPE', message, cause);
    }
  }

  private constructor(path: string, reader: FileHandle, waker: FileHandle, made: AsyncDisposableStack) {
    this.path = path;
    this.#reader = reader;
    this.#waker = waker;
    this.#made = made;
    // Node does not exit before a read that is under way has come back.
    process.on('exit', this.#wake);
  }

  /** Waits for bytes, and puts them into `into` from `at` on; never more than lie in the pipe. */
  async read(into: Uint8Array, at: number): Promise<number> {
    return (await this.#reader.read(into, at, into.byteLength - at, null)).bytesRead;
  }

  /** Has a read that waits come back, with a byte that means nothing. */
  wake(): void {
    try {
      writeSync(this.#waker.fd, '\0');
    } catch (error) {
      // A full pipe: nobody waits for bytes.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }

  /** To be called when no read is under way. */
  async close(): Promise<void> {
    process.off('exit', this.#wake);
    await this.#made.disposeAsync();
  }
}
