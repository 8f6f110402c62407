import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { ByteSource } from '../../src/frame/y4m-reader.ts';

/** A file's bytes, read straight into where they are wanted. */
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

/** The bytes of a stream, copied once. The stream is read only when bytes are asked for. */
export class StreamSource implements ByteSource {
  readonly #stream: Readable;
  #chunk: Uint8Array = new Uint8Array(0);
  #over = false;
  #wake = (): void => {};

  constructor(stream: Readable) {
    this.#stream = stream;
    stream.on('readable', () => this.#wake());
    for (const end of ['end', 'close', 'error']) {
      stream.on(end, () => {
        this.#over = true;
        this.#wake();
      });
    }
  }

  async read(into: Uint8Array): Promise<number> {
    let filled = 0;
    while (filled < into.byteLength) {
      if (this.#chunk.byteLength === 0) {
        const chunk: Uint8Array | null = this.#stream.read();
        if (chunk) {
          this.#chunk = chunk;
        } else if (this.#over) {
          break;
        } else {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
        }
        continue;
      }
      const part = this.#chunk.subarray(0, into.byteLength - filled);
      into.set(part, filled);
      filled += part.byteLength;
      this.#chunk = this.#chunk.subarray(part.byteLength);
    }
    return filled;
  }
}
