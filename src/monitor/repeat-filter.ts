import type { ReceivedReport } from './received-report.ts';

/**
 * Tells reports that have come before. A camera sends a report again whenever it is not sure that it has arrived; a
 * window is released only once, so door, level and window start name a report for good; and the key that signed it, or
 * else whoever signs a report of their own could have the true one taken for a repeat.
 */
export class RepeatFilter {
  readonly #seen = new Set<string>();
  readonly #remembered: number;

  /** @param remembered how many reports, the latest, are kept in mind: a year of ten doors unless told otherwise */
  constructor(remembered = 100_000) {
    this.#remembered = remembered;
  }

  isRepeat({ site, device, report, signedBy }: ReceivedReport): boolean {
    const name = [site, device, report.level, report.windowStartSeconds, signedBy].join('/');
    if (this.#seen.has(name)) return true;
    this.#seen.add(name);
    for (const oldest of this.#seen) {
      if (this.#seen.size <= this.#remembered) break;
      this.#seen.delete(oldest);
    }
    return false;
  }
}
