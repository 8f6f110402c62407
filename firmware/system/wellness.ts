import type { InterlockState } from '../../src/interlock/interlock.ts';

/** What is seen of a running `vision`, at one moment of a monotonic clock. */
export interface Signs {
  readonly state: Pick<InterlockState, 'phase' | 'sign' | 'sense' | 'fault'>;
  /** Frames since the start that left the loop after the detector had looked at them. */
  readonly framesLookedAt: number;
  /** Writes to the spool since the start that are known to be on the disk. */
  readonly writes: number;
}

/** For so long the sign and what is seen of it may differ, while neither is a fault. */
const SIGN_MS = 5_000;
/** For so long a watching camera may have no frame looked at: a detector that was lost is replaced within that. */
const FRAMES_MS = 45_000;
/** For so long the disk may take no write; two are tried in that time. */
const SPOOL_MS = 150_000;

/**
 * Whether `vision` does what it is for, or is to be ended and started anew. It is well while every one of these moves
 * or agrees. A camera that is rightly closed is well without frames; a fault that the interlock has found, has closed
 * the sensor for and tells in the status is not mended by another start, and is well too.
 */
export class Wellness {
  readonly #lookedAt = new Progress(FRAMES_MS);
  readonly #written = new Progress(SPOOL_MS);
  readonly #agreed = new Progress(SIGN_MS);

  /** @returns what is not well, in words; undefined if all is */
  judge({ state, framesLookedAt, writes }: Signs, nowMs: number): string | undefined {
    const { phase, sign, sense, fault } = state;
    if (this.#lookedAt.moved(framesLookedAt) || phase !== 'watching') this.#lookedAt.holds(nowMs);
    if (this.#written.moved(writes)) this.#written.holds(nowMs);
    if (fault !== undefined || sign === sense) this.#agreed.holds(nowMs);
    if (this.#agreed.isOverdue(nowMs)) return `the sign is told to be ${sign}, and is seen ${sense}`;
    if (this.#lookedAt.isOverdue(nowMs)) return 'no frame is looked at';
    if (this.#written.isOverdue(nowMs)) return 'the spool takes no write';
    return undefined;
  }
}

/** Since when something has not held, or a number has not moved. */
class Progress {
  readonly #limitMs: number;
  #number = Number.NaN;
  #lastMs = Number.NaN;

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  moved(number: number): boolean {
    const has = number !== this.#number;
    this.#number = number;
    return has;
  }

  holds(nowMs: number): void {
    this.#lastMs = nowMs;
  }

  /** The first question begins the time. */
  isOverdue(nowMs: number): boolean {
    if (Number.isNaN(this.#lastMs)) this.#lastMs = nowMs;
    return nowMs - this.#lastMs > this.#limitMs;
  }
}
