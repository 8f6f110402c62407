import { randomFillSync } from 'node:crypto';

/** Where randomness comes from: uniform, independent bytes. */
export interface RandomSource {
  /** 0 to 255. */
  byte(): number;
}

const BUFFERED = 256;

/** The system's cryptographically secure generator. Each byte is wiped from memory as it is used. */
export class SystemRandom implements RandomSource {
  readonly #bytes = new Uint8Array(BUFFERED);
  #used = BUFFERED;

  byte(): number {
    if (this.#used === BUFFERED) {
      randomFillSync(this.#bytes);
      this.#used = 0;
    }
    const byte = this.#bytes[this.#used]!;
    this.#bytes[this.#used++] = 0;
    return byte;
  }
}

/** Bytes that are given beforehand, for tests that must come out the same every time. */
export class GivenRandom implements RandomSource {
  readonly #bytes: Iterator<number>;

  constructor(bytes: Iterable<number>) {
    this.#bytes = bytes[Symbol.iterator]();
  }

  byte(): number {
    const { done, value } = this.#bytes.next();
    if (done) throw new RangeError('the given random bytes are used up');
    return value;
  }
}
