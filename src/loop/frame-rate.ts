/** What the rate is lowered for. */
export type RateCause = 'load' | 'heat';

/** Below this, people who walk fast pass the doorway in too few frames to be counted: `npm run bench:count`. */
export const LEAST_FRAMES_PER_SECOND = 4;
/** One level of the rate to the next. */
const LEVEL = 0.8;
/** Over this share of its time the loop is too busy; a rate must leave it under the other one to be chosen. */
const FULL = 0.9;
const ROOMY = 0.7;
/** Weight of the newest frame in the mean time that a frame takes. */
const NEWEST = 0.3;
/** There must have been room for so long before a level is taken; twice as long each time that this was in vain. */
const ROOM_MS = 10_000;
const LONGEST_ROOM_MS = 300_000;
/** So many frames dropped in this time are too many, however little time each one takes. */
const DROPS = 4;
const DROPS_MS = 10_000;
/**
 * From 80 °C on a Raspberry Pi throttles its cores ("Frequency management and thermal control" in its documentation).
 * The rate is lowered so often while it is as hot, and not raised before it is this cool.
 */
const HOT_CELSIUS = 80;
const COOL_CELSIUS = 75;
const HEAT_MS = 30_000;

/**
 * Chooses the camera's rate by how the loop fares: lowered at once to what the loop can keep, raised one level at a time.
 *
 * Invariants:
 * - The rate is never over the configured one, and never under `LEAST_FRAMES_PER_SECOND`, or the configured one if that
 *   is less.
 * - Two raises are at least ten seconds apart, and each lowering goes down a level or more: so changes are bounded, whatever
 *   the load does.
 */
export class FrameRate {
  /** From the configured rate down. */
  readonly #levels: readonly number[];
  #level = 0;
  #cause: RateCause = 'load';
  #busyMs = Number.NaN;
  /** What the last three frames took. */
  readonly #last: number[] = [];
  #roomSinceMs = Number.NaN;
  /** How long there must have been room for each level. */
  readonly #roomMs: number[];
  #raisedMs = Number.NEGATIVE_INFINITY;
  #drops = 0;
  #dropsSinceMs = Number.NEGATIVE_INFINITY;
  #isWarm = false;
  #heatMs = Number.NEGATIVE_INFINITY;

  /** @param configured frames a second */
  constructor(configured: number) {
    const levels = [configured];
    for (let rate = configured * LEVEL; rate > LEAST_FRAMES_PER_SECOND; rate *= LEVEL) levels.push(rate);
    if (configured > LEAST_FRAMES_PER_SECOND) levels.push(LEAST_FRAMES_PER_SECOND);
    this.#levels = levels;
    this.#roomMs = levels.map(() => ROOM_MS);
  }

  get framesPerSecond(): number {
    return this.#levels[this.#level]!;
  }

  get isLowered(): boolean {
    return this.#level > 0;
  }

  /** What the rate was last lowered for. */
  get cause(): RateCause {
    return this.#cause;
  }

  /**
   * A frame went through the loop.
   * @param busyMs for how long it kept others from being looked at
   * @param dropped frames that were lost since the one before
   * @param looked whether it was looked at; one that needed no look tells of the next look only that it may take longer
   */
  frame(busyMs: number, dropped: number, nowMs: number, looked = true): void {
    if ((looked || busyMs > this.#busyMs) && !this.#takeIn(busyMs)) return;
    this.#countDrops(dropped, nowMs);
    if (this.#share(this.#level) > FULL) this.#lowerTo(this.#roomiest(), 'load', nowMs);
    else if (this.#drops >= DROPS) this.#lowerTo(this.#level + 1, 'load', nowMs);
    else this.#raiseIfRoom(nowMs);
  }

  /** @param celsius of the processor; undefined where that cannot be known */
  heat(celsius: number | undefined, nowMs: number): void {
    this.#isWarm = celsius !== undefined && celsius > COOL_CELSIUS;
    if (celsius === undefined || celsius < HOT_CELSIUS || nowMs - this.#heatMs < HEAT_MS) return;
    this.#heatMs = nowMs;
    this.#lowerTo(this.#level + 1, 'heat', nowMs);
  }

  /** @returns whether there have been enough frames to go by: a single one may be slow for a reason of its own */
  #takeIn(busyMs: number): boolean {
    const last = this.#last;
    if (last.push(busyMs) < 3) return false;
    const [a, b, c] = last as [number, number, number];
    const median = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    this.#busyMs = Number.isNaN(this.#busyMs) ? median : this.#busyMs + NEWEST * (median - this.#busyMs);
    last.shift();
    return true;
  }

  #countDrops(dropped: number, nowMs: number): void {
    if (nowMs - this.#dropsSinceMs > DROPS_MS) {
      this.#drops = 0;
      this.#dropsSinceMs = nowMs;
    }
    this.#drops += dropped;
    if (dropped > 0) this.#roomSinceMs = Number.NaN;
  }

  /** The share of its time for which the loop would be busy at this level. */
  #share(level: number): number {
    return (this.#busyMs * this.#levels[level]!) / 1_000;
  }

  #roomiest(): number {
    const level = this.#levels.findIndex((_, index) => this.#share(index) <= ROOMY);
    return level < 0 ? this.#levels.length - 1 : level;
  }

  #lowerTo(level: number, cause: RateCause, nowMs: number): void {
    this.#drops = 0;
    this.#roomSinceMs = Number.NaN;
    if (level <= this.#level || level >= this.#levels.length) return;
    const roomMs = this.#roomMs[this.#level]!;
    const inVain = nowMs - this.#raisedMs < roomMs;
    this.#roomMs[this.#level] = inVain ? Math.min(2 * roomMs, LONGEST_ROOM_MS) : ROOM_MS;
    this.#level = level;
    this.#cause = cause;
  }

  #raiseIfRoom(nowMs: number): void {
    if (this.#level === 0 || this.#isWarm || this.#share(this.#level - 1) > ROOMY) {
      this.#roomSinceMs = Number.NaN;
      return;
    }
    if (Number.isNaN(this.#roomSinceMs)) this.#roomSinceMs = nowMs;
    if (nowMs - this.#roomSinceMs < this.#roomMs[this.#level - 1]!) return;
    this.#level--;
    this.#raisedMs = nowMs;
    this.#roomSinceMs = Number.NaN;
  }
}
