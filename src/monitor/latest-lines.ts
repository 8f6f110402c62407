import { MOST_DOORS } from './known-keys.ts';

/** The line that was last told of each door; of so many doors at most, those that were heard of last. */
export class LatestLines {
  readonly #lines = new Map<string, string>();
  readonly #most: number;

  constructor(most = MOST_DOORS) {
    this.#most = most;
  }

  /** @returns whether it says something else than the last one of this door, as far as that is remembered */
  isNews(door: string, line: string): boolean {
    const isNews = this.#lines.get(door) !== line;
    this.#lines.delete(door);
    this.#lines.set(door, line);
    for (const oldest of this.#lines.keys()) {
      if (this.#lines.size <= this.#most) break;
      this.#lines.delete(oldest);
    }
    return isNews;
  }
}
