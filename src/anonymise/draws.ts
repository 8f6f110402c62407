import type { RandomSource } from './random-source.ts';

/** Exact draws: every probability is a ratio of whole numbers, and no floating-point number is involved. */
export interface Draws {
  /** A whole number from 0 on and below `limit`, each as likely as the other. */
  below(limit: number): number;
  /** True with probability `part` / `whole`. */
  chance(part: number, whole: number): boolean;
}

/** Four random bytes are enough for every limit there is. */
const MOST = 2 ** 32;

export class RandomDraws implements Draws {
  readonly #source: RandomSource;

  constructor(source: RandomSource) {
    this.#source = source;
  }

  /** @param limit 1 to 2^32. @throws RangeError */
  below(limit: number): number {
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST) throw new RangeError(`no draw below ${limit}`);
    let size = 1;
    while (size < limit) size *= 256;
    // Numbers past the last whole multiple of the limit would favour the small ones, and are thrown away.
    const fair = size - (size % limit);
    for (;;) {
      let number = 0;
      for (let span = 1; span < size; span *= 256) number = number * 256 + this.#source.byte();
      if (number < fair) return number % limit;
    }
  }

  chance(part: number, whole: number): boolean {
    return this.below(whole) < part;
  }
}
