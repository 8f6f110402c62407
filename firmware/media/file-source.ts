import type { FileHandle } from 'node:fs/promises';
import type { ByteSource } from '../../src/frame/y4m-reader.ts';

/** The bytes of a file or a named pipe, read straight into where they are wanted. */
export class FileSource implements ByteSource {
  readonly #file: FileHandle;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async read(into: Uint8Array): Promise<number> {
    let filled = 0;
    while (filled < into.byteLength) {
      const { bytesRead } = await this.#file.read(into, filled, into.byteLength - filled, null);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return filled;
  }
}
