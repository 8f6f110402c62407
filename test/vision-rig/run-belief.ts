/** What the program takes for short, for one run, and for the time after power-on; and how far off its clock may be. */
const SHORT_MS = 600;
const RUN_MS = 5_000;
const ASK_MS = 60_000;
const SLACK_MS = 200;
const LAST = 5;

export type Sure = 'yes' | 'maybe' | 'no';
export type Choice = 'watch' | 'optedOut' | 'either';

/**
 * Whether the presses on the line are the five that ask for aiming, told as `ButtonBelief` tells the choice: from outside, and
 * 'maybe' where it was too close to tell.
 */
export class RunBelief {
  /** When the presses of this life began. */
  #pressesMs: number[] = [];
  #releasedMs = Number.NEGATIVE_INFINITY;
  #count = 0;
  #run: 'counts' | 'unsure' | 'spoiled' | 'closed' = 'closed';
  #bornMs = 0;
  #openMs = 0;

  /** @param choice what the program finds on the disk */
  begins(bornMs: number, openMs: number, choice: Choice): void {
    this.#bornMs = bornMs;
    this.#openMs = openMs;
    this.#pressesMs = [];
    this.#releasedMs = Number.NEGATIVE_INFINITY;
    this.#run = choice === 'optedOut' ? 'closed' : choice === 'watch' ? 'counts' : 'unsure';
  }

  close(): void {
    this.#run = 'closed';
  }

  /** A press is noticed. @returns whether it is the last of a run, if it is short */
  pressed(sinceMs: number, choice: Choice): Sure {
    if (sinceMs > this.#openMs + ASK_MS + SLACK_MS) this.#run = 'closed';
    if (this.#run === 'closed') return 'no';
    const quietMs = sinceMs - this.#releasedMs;
    if (quietMs > RUN_MS + SLACK_MS) {
      this.#count = 0;
      if (this.#pressesMs.length > 0)
        this.#run = choice === 'either' ? 'unsure' : choice === 'watch' ? 'counts' : 'spoiled';
    } else if (quietMs > RUN_MS - SLACK_MS || choice === 'either') {
      this.#run = 'unsure';
    }
    // One that began before the lines were open may count, or may be taken for one that is stuck.
    if (sinceMs < this.#openMs) this.#run = 'unsure';
    this.#count++;
    this.#pressesMs.push(sinceMs);
    const firstMs = this.#pressesMs.at(-LAST);
    if (firstMs === undefined || sinceMs - firstMs > RUN_MS + SLACK_MS) return 'no';
    if (this.#run === 'unsure') return 'maybe';
    return this.#run === 'counts' && this.#count === LAST ? 'yes' : 'no';
  }

  /** A press that was let go may have been noticed. */
  mayHavePressed(sinceMs: number, nowMs: number): void {
    if (this.#run !== 'closed') this.#run = 'unsure';
    this.#pressesMs.push(sinceMs);
    this.#releasedMs = nowMs;
  }

  /** How sure that still is, when the press has lasted until now. */
  asOf(sure: Sure, nowMs: number): Sure {
    if (sure === 'no') return 'no';
    const over = [
      nowMs - this.#pressesMs.at(-1)! - SHORT_MS,
      nowMs - this.#pressesMs.at(-LAST)! - RUN_MS,
      nowMs - this.#openMs - ASK_MS,
    ];
    if (over.some((ms) => ms > SLACK_MS)) return 'no';
    const isClose = over.some((ms) => ms > -SLACK_MS) || nowMs - this.#bornMs > ASK_MS - SLACK_MS;
    return isClose ? 'maybe' : sure;
  }

  /** The press that was noticed last was let go. */
  released(nowMs: number, aims: Sure): void {
    this.#releasedMs = nowMs;
    if (aims === 'yes') this.#run = 'closed';
    if (this.#run !== 'counts') return;
    const first = this.#pressesMs.at(-this.#count) ?? nowMs;
    const over = Math.max(nowMs - this.#pressesMs.at(-1)! - SHORT_MS, nowMs - first - RUN_MS);
    if (over > SLACK_MS) this.#run = 'spoiled';
    else if (over > -SLACK_MS) this.#run = 'unsure';
  }
}
