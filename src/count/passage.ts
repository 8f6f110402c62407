/** Sightings in a row that settle on which side of the line a face is, with at most so many frames missed between two. */
const SIGHTINGS_TO_SETTLE = 2;
const MISSES_ALLOWED = 1;

/**
 * One track's way over a line, or back and forth. A crossing is made when a face that was settled on one side is
 * settled on the other, and last went over the line between its ends.
 */
export class Passage {
  /** Crossings inwards less crossings outwards, not taken yet. */
  owed = 0;
  /** Distance from the line, positive on the `in` side, and place along the line, when last seen; in pixels. */
  #depth: number;
  #along: number;
  /** Whether it last went over the line between the line's ends. */
  #between = false;
  /** 1 on the `in` side, -1 on the `out` side, 0 too near to say: where it is settled, and where it was last seen. */
  #settled = 0;
  #side = 0;
  #sightings = 0;
  #misses = 0;

  constructor(depth: number, along: number) {
    this.#depth = depth;
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
    if (side !== 0 && this.#sightings >= SIGHTINGS_TO_SETTLE) this.#settle(side);
  }

  #settle(side: number): void {
    if (this.#settled === -side && this.#between) this.owed += side;
    this.#settled = side;
  }
}
