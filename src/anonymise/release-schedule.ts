import type { Direction } from '../count/doorway.ts';
import { dayAt, type Window, windowAt } from '../count/window-clock.ts';
import { WindowCounter } from '../count/window-counter.ts';
import type { Level, Release, Releaser } from './release.ts';

export interface ReleaseScheduleOptions {
  readonly windowSeconds: number;
  /** IANA name: says when a day begins. */
  readonly timeZone: string;
  readonly releaser: Releaser;
  /** Whether this window has been released before, in this run or an earlier one. */
  readonly isReleased: (level: Level, windowStartSeconds: number) => boolean;
  /**
   * Takes a release over for good. Called once for each window, never before the window's end, and of each level the
   * oldest first; when it throws, once more at each tick, with the same release.
   */
  readonly take: (release: Release) => void;
}

const LEVELS: readonly Level[] = ['window', 'day'];
/** A clock that tells a time from before this program was written has not been set since the power came. */
const CLOCK_IS_SET_SECONDS = Date.UTC(2025, 0, 1) / 1_000;
/** A report has 32 bits for the time; a clock that tells a later one has not been set either. */
const LAST_SECONDS = 2 ** 32 - 1;

/**
 * Closes windows when they end, and releases each once.
 *
 * Invariants (promise P8):
 * - The window and the day are drawn independently; neither is computed from the other.
 * - A window is released at or after its end, whether or not anybody passed, and once, ever: what was drawn is kept
 *   until it was taken, and its exact counts are forgotten.
 * - Crossings belong to the window that was under way when they were told. When the wall clock is found to have left
 *   that window, forwards or backwards, it is closed: at its end or later it is released, and before that (the clock
 *   was set back) its counts are dropped, since its end is still to come and another count for it would be a second.
 * - Time that falls into a window that was released before (after a step back) is not counted at that level, and time in
 *   which the clock was not set is counted nowhere.
 */
export class ReleaseSchedule {
  readonly #options: ReleaseScheduleOptions;
  readonly #counters: Partial<Record<Level, WindowCounter>> = {};
  /** Drawn and not taken yet, because taking it failed. */
  readonly #drawn: Release[] = [];

  constructor(options: ReleaseScheduleOptions) {
    this.#options = options;
  }

  crossed(direction: Direction): void {
    for (const level of LEVELS) this.#counters[level]?.crossed(direction);
  }

  /** Frames were looked at for so long since this was last told. */
  watched(milliseconds: number): void {
    for (const level of LEVELS) this.#counters[level]?.watched(milliseconds);
  }

  /** Call it a few times a second, at times that nobody at the door has a part in: reports go out at them (promise P6). */
  tick(wallMs: number): void {
    this.close(wallMs);
    for (let next = this.#drawn[0]; next; next = this.#drawn[0]) {
      this.#options.take(next);
      this.#drawn.shift();
    }
  }

  /** Closes what has ended, so that what is told next belongs to the window under way. Call it before telling of anything. */
  close(wallMs: number): void {
    const nowSeconds = wallMs / 1_000;
    for (const level of LEVELS) {
      const counter = this.#counters[level];
      if (counter && isIn(nowSeconds, counter.window)) continue;
      if (counter && nowSeconds >= counter.window.startSeconds + counter.window.seconds) {
        this.#draw(level, counter);
      }
      this.#counters[level] = new WindowCounter(this.#windowAt(level, nowSeconds));
    }
  }

  /** Whether a window that begins then is still to be released: not when it was, nor when the clock is not set. */
  isToCome(level: Level, startSeconds: number): boolean {
    const waits = this.#drawn.some(
      (drawn) => drawn.level === level && drawn.windowStartSeconds === startSeconds,
    );
    const isSet = startSeconds >= CLOCK_IS_SET_SECONDS && startSeconds <= LAST_SECONDS;
    return isSet && !waits && !this.#options.isReleased(level, startSeconds);
  }

  #draw(level: Level, counter: WindowCounter): void {
    if (!this.isToCome(level, counter.window.startSeconds)) return;
    this.#drawn.push(this.#options.releaser.release(level, counter.exact()));
  }

  #windowAt(level: Level, seconds: number): Window {
    const { windowSeconds, timeZone } = this.#options;
    return level === 'day' ? dayAt(seconds, timeZone) : windowAt(seconds, windowSeconds);
  }
}

function isIn(seconds: number, { startSeconds, seconds: length }: Window): boolean {
  return seconds >= startSeconds && seconds < startSeconds + length;
}
