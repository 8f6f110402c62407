import { createHash } from 'node:crypto';
import type { RandomSource } from '../../src/anonymise/random-source.ts';

/** Repeatable bytes from a seed: SHA-256 of the seed and a count. For simulated cameras only: nobody passes them. */
export class HashRandom implements RandomSource {
  readonly #seed: string;
  #bytes = new Uint8Array();
  #used = 0;
  #blocks = 0;

  constructor(seed: string) {
    this.#seed = seed;
  }

  byte(): number {
    if (this.#used === this.#bytes.length) {
      this.#bytes = createHash('sha256')
        .update(`${this.#seed}/${this.#blocks++}`)
        .digest();
      this.#used = 0;
    }
    return this.#bytes[this.#used++]!;
  }
}
