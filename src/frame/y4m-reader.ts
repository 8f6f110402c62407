import { LintelError } from '../lintel-error.ts';
import { firstLine, LONGEST_LINE, parseY4mHeader, type Y4mHeader } from './y4m-header.ts';

/** Where the bytes come from: a file, or a pipe. */
export interface ByteSource {
  /** Fills `into` from its start on; returns how many bytes that were, fewer than asked for only at the end. */
  read(into: Uint8Array): Promise<number>;
}

/** Reads frames one after another, each straight into the memory that it is to lie in; no pixel is kept elsewhere (promise P5). */
export class Y4mReader {
  readonly header: Y4mHeader;
  readonly #source: ByteSource;
  /** Bytes that were read ahead, to find the end of a line, and are not used yet. */
  readonly #ahead = new Uint8Array(LONGEST_LINE);
  #aheadLength: number;
  #frames = 0;

  /** @throws LintelError Y4M_NOT_Y4M, Y4M_HEADER, FRAME_SIZE */
  static async open(source: ByteSource): Promise<Y4mReader> {
    const start = new Uint8Array(LONGEST_LINE);
    try {
      const length = await source.read(start);
      return new Y4mReader(source, start.subarray(0, length));
    } finally {
      start.fill(0);
    }
  }

  private constructor(source: ByteSource, start: Uint8Array) {
    this.#source = source;
    this.header = parseY4mHeader(start);
    this.#ahead.set(start.subarray(this.header.byteLength));
    this.#aheadLength = start.byteLength - this.header.byteLength;
  }

  /**
   * Reads the next frame into `slot`, tightly packed.
   * @returns false at the end of the stream; `slot` may then hold part of a frame
   * @throws LintelError Y4M_CUT when the stream ends in mid-frame, Y4M_FRAME when no frame begins where one should
   */
  async read(slot: Uint8Array): Promise<boolean> {
    await this.#lookAhead();
    if (this.#aheadLength === 0) return false;
    const ahead = this.#ahead.subarray(0, this.#aheadLength);
    const line = firstLine(ahead);
    if (line === undefined && this.#aheadLength < LONGEST_LINE) throw this.#cut();
    if (line === undefined || !/^FRAME( |$)/.test(line)) {
      throw new LintelError(
        'Y4M_FRAME',
        `frame ${this.#frames + 1} of this Y4M file does not begin with FRAME`,
      );
    }
    const pixels = ahead.subarray(line.length + 1);
    const { byteLength } = this.header.layout;
    const taken = Math.min(pixels.byteLength, byteLength);
    slot.set(pixels.subarray(0, taken));
    const rest = slot.subarray(taken, byteLength);
    if (rest.byteLength > 0 && (await this.#source.read(rest)) < rest.byteLength) throw this.#cut();
    this.#ahead.copyWithin(0, line.length + 1 + taken, this.#aheadLength);
    this.#aheadLength -= line.length + 1 + taken;
    this.#ahead.fill(0, this.#aheadLength);
    this.#frames++;
    return true;
  }

  /** Forgets what was read ahead: nothing more will be read. */
  wipe(): void {
    this.#ahead.fill(0);
    this.#aheadLength = 0;
  }

  /** Fills up what is read ahead, but for a frame that lies there whole. */
  async #lookAhead(): Promise<void> {
    if (this.#ahead.subarray(0, this.#aheadLength).includes(10)) return;
    this.#aheadLength += await this.#source.read(this.#ahead.subarray(this.#aheadLength));
  }

  #cut(): LintelError {
    return new LintelError('Y4M_CUT', `this Y4M file is cut off in its frame ${this.#frames + 1}`);
  }
}
