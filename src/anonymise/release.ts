import type { Direction } from '../count/doorway.ts';
import type { ExactWindow } from '../count/window-counter.ts';
import { LintelError } from '../lintel-error.ts';
import { BUDGET, noiseStandardDeviation, type Rational } from './budget.ts';
import { drawDiscreteLaplace } from './discrete-laplace.ts';
import type { Draws } from './draws.ts';

export type Level = 'window' | 'day';

/** What may be told of one direction. */
export interface ReleasedCount {
  readonly status: 'published' | 'fewer-than-k' | 'not-measured';
  /** 0 unless published. */
  readonly value: number;
}

/** What may be told of one window: all that is left of it. */
export interface Release {
  readonly level: Level;
  /** Unix seconds. */
  readonly windowStartSeconds: number;
  readonly windowSeconds: number;
  readonly in: ReleasedCount;
  readonly out: ReleasedCount;
  readonly coveragePercent: number;
  readonly noiseStandardDeviation: number;
  readonly suppressBelow: number;
  readonly budget: Rational;
}

/** A count that is said to be fewer than this tells next to nothing; settings may ask for more, never for less. */
export const LEAST_SUPPRESS_BELOW = 5;
/** Coverage is told in so coarse steps that it does not show when somebody opted out, or for how long. */
const COVERAGE_STEP_PERCENT = 25;
/** A window counts as fully covered when less than this part of it is missing. */
const COVERAGE_TOLERANCE = 0.02;

/** Turns exact counts into what may be told of them: noise first, then zero as the least, then suppression. */
export class Releaser {
  readonly #draws: Draws;
  readonly #suppressBelow: number;
  readonly #measured: readonly Direction[];

  /**
   * @param measured the directions in which people show the camera their faces; of another nothing is ever told
   * @throws LintelError SUPPRESS_BELOW
   */
  constructor(draws: Draws, suppressBelow: number, measured: readonly Direction[]) {
    if (!Number.isInteger(suppressBelow) || suppressBelow < LEAST_SUPPRESS_BELOW) {
      throw new LintelError(
        'SUPPRESS_BELOW',
        `counts must be suppressed below ${LEAST_SUPPRESS_BELOW} or more`,
      );
    }
    this.#draws = draws;
    this.#suppressBelow = suppressBelow;
    this.#measured = measured;
  }

  /** Call it once for a window: every call draws anew, and two draws tell more than one. */
  release(level: Level, exact: ExactWindow): Release {
    const { startSeconds, seconds, watchedMs } = exact;
    const coveragePercent = coarse(watchedMs / (seconds * 1_000));
    return {
      level,
      windowStartSeconds: startSeconds,
      windowSeconds: seconds,
      in: this.#count(level, 'in', exact, coveragePercent),
      out: this.#count(level, 'out', exact, coveragePercent),
      coveragePercent,
      noiseStandardDeviation: noiseStandardDeviation(BUDGET[level]),
      suppressBelow: this.#suppressBelow,
      budget: BUDGET[level],
    };
  }

  #count(level: Level, direction: Direction, exact: ExactWindow, coveragePercent: number): ReleasedCount {
    // A count of next to nothing would be taken for the door's. Coverage is public, as is which way the camera looks, so
    // this tells nothing of anybody.
    if (coveragePercent === 0 || !this.#measured.includes(direction)) {
      return { status: 'not-measured', value: 0 };
    }
    const noisy = Math.max(0, exact[direction] + drawDiscreteLaplace(this.#draws, BUDGET[level]));
    return noisy < this.#suppressBelow
      ? { status: 'fewer-than-k', value: 0 }
      : { status: 'published', value: noisy };
  }
}

function coarse(watched: number): number {
  const part = watched >= 1 - COVERAGE_TOLERANCE ? 1 : Math.max(0, watched);
  return Math.floor((part * 100) / COVERAGE_STEP_PERCENT) * COVERAGE_STEP_PERCENT;
}
