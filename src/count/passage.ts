/** Sightings in a row that settle on which side of the line a face is, with at most so many frames missed between two. */
const SIGHTINGS_TO_SETTLE = 2;
const MISSES_ALLOWED = 1;
/** One sighting is enough when it is no further than this from the one before: it is no other's, found by mistake. */
const SHORT_STEP = 3;
/** So far must somebody who came out from behind another have gone on the same way. In units of what is clear, both. */
const GONE_ON = 1;

/**
 * One track's way over a line, or back and forth. A crossing is made when a face that was settled on one side is
 * settled on the other, and last went over the line between its ends.
 *
 * It is made too by somebody first seen beyond the line, coming out from behind a leader who has crossed it, and going on
 * the leader's way: hidden behind them, there is no other way by which they can have come.
 */
export class Passage {
  /** Crossings inwards less crossings outwards, not taken yet. */
  owed = 0;
  /** Distance from the line, positive on the `in` side, and place along the line, when last seen; in pixels. */
  #depth: number;
  #along: number;
  readonly #firstDepth: number;
  /** Whether it last went over the line between the line's ends. */
  #between = false;
  /** 1 on the `in` side, -1 on the `out` side, 0 too near to say: where it came from, is settled, and was last seen. */
  #origin = 0;
  #settled = 0;
  #side = 0;
  #sightings = 0;
  #misses = 0;

  constructor(depth: number, along: number) {
    this.#depth = depth;
    this.#firstDepth = depth;
    this.#along = along;
  }

  /** Whether the face was not seen for more frames than a detector misses here and there. */
  get interrupted(): boolean {
    return this.#misses > MISSES_ALLOWED;
  }

  /** The face was not seen in this frame. */
  miss(): void {
    this.#misses++;
  }

  /**
   * The face was seen.
   * @param clear how far from the line it has to be for its side to be certain
   * @param length of the line
   */
  move(depth: number, along: number, clear: number, length: number): void {
    const step = Math.hypot(depth - this.#depth, along - this.#along);
    const isNext = !this.interrupted && step < SHORT_STEP * clear;
    if (depth > 0 !== this.#depth > 0) {
      const at = this.#along + ((along - this.#along) * this.#depth) / (this.#depth - depth);
      this.#between = at >= 0 && at <= length;
    }
    this.#depth = depth;
    this.#along = along;
    const side = Math.abs(depth) < clear ? 0 : Math.sign(depth);
    this.#sightings = side === this.#side && !this.interrupted ? this.#sightings + 1 : 1;
    this.#side = side;
    this.#misses = 0;
    if (side !== 0 && (isNext || this.#sightings >= SIGHTINGS_TO_SETTLE)) this.#settle(side);
  }

  /** Looks whether the face, just seen and moved, has come over the line behind `leader`. */
  follow(leader: Passage, clear: number): void {
    const side = this.#settled;
    const isFirstSeenThere = side !== 0 && side === this.#origin && side === -leader.#origin;
    const hasGoneOn = (this.#depth - this.#firstDepth) * side > GONE_ON * clear;
    if (!isFirstSeenThere || !hasGoneOn || leader.#settled !== side || !leader.#between) return;
    this.owed += side;
    this.#origin = -side;
    this.#between = true;
  }

  #settle(side: number): void {
    if (this.#settled === -side && this.#between) this.owed += side;
    this.#origin = this.#settled === -side ? -side : this.#origin || side;
    this.#settled = side;
  }
}
