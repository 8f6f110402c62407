/** How long a level that comes and goes is put up with before it counts as the safe one. */
const RESTLESS_MS = 500;
/** A gap between two readings counts as this much restlessness at most: in a longer one nobody looked. */
const LONGEST_GAP_MS = 50;

/**
 * What a contact or a sensor says once it has stopped bouncing: a state that every reading showed over `settleMs`,
 * and at least two did. Only levels and time count, so missed and coalesced edges do no harm. A line that never
 * rests (a torn wire picks up the mains) counts as `safe`.
 */
export class SettledLevel {
  readonly #settleMs: number;
  readonly #safe: boolean;
  #settled = false;
  #last = false;
  #lastSinceMs = Number.NEGATIVE_INFINITY;
  #readAtMs = 0;
  #restlessMs = 0;

  constructor(options: { settleMs: number; safe: boolean }) {
    this.#settleMs = options.settleMs;
    this.#safe = options.safe;
  }

  /** What counts now; at first, false. */
  get value(): boolean {
    return this.#settled;
  }

  /** Whether the readings at hand leave open what holds, so that the next one should come soon. */
  get pending(): boolean {
    return this.#readAtMs - this.#lastSinceMs < this.#settleMs;
  }

  /** Takes one reading. @returns whether what counts has changed by it */
  take(reading: boolean, nowMs: number): boolean {
    this.#restlessMs += Math.min(nowMs - this.#readAtMs, LONGEST_GAP_MS);
    this.#readAtMs = nowMs;
    if (reading !== this.#last) {
      this.#last = reading;
      this.#lastSinceMs = nowMs;
    }
    if (!this.pending) this.#restlessMs = 0;
    const before = this.#settled;
    if (!this.pending) this.#settled = reading;
    else if (this.#restlessMs >= RESTLESS_MS) this.#settled = this.#safe;
    return this.#settled !== before;
  }
}
