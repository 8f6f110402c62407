import type { Gate } from './gate.ts';

/** Sightings in a row that settle on which side a face is, with at most so many frames missed between two. */
const SIGHTINGS_TO_SETTLE = 2;
const MISSES_ALLOWED = 1;
/** One sighting is enough when it is no further than this from the one before: it is no other's, found by mistake. */
const SHORT_STEP = 1.5;
/** So far must somebody who came out from behind another have gone on the same way. In face sizes, both. */
const GONE_ON = 0.5;

/**
 * One track's way through a gate, or back and forth. A crossing is made when a face that was settled on one side is
 * settled on the other, and last went through, not past.
 *
 * It is made too by somebody first seen beyond the gate, coming out from behind a leader who has gone through it, and
 * going on the leader's way: hidden behind them, there is no other way by which they can have come.
 */
export class Passage {
  /** Crossings inwards less crossings outwards, not taken yet. */
  owed = 0;
  readonly #gate: Gate;
  /** When last seen, in pixels; and how far in when first seen. */
  #x: number;
  #y: number;
  readonly #firstDepth: number;
  #wentThrough = false;
  /** 1 on the `in` side, -1 on the `out` side, 0 neither: where it came from, is settled, and was last seen. */
  #origin = 0;
  #settled = 0;
  #side = 0;
  #sightings = 0;
  #misses = 0;

  constructor(gate: Gate, x: number, y: number) {
    this.#gate = gate;
    this.#x = x;
    this.#y = y;
    this.#firstDepth = gate.depth(x, y);
  }

  /** Whether the face was not seen for more frames than a detector misses here and there. */
  get interrupted(): boolean {
    return this.#misses > MISSES_ALLOWED;
  }

  /** The face was not seen in this frame. */
  miss(): void {
    this.#misses++;
  }

  /** The face was seen, with its middle here. */
  move(x: number, y: number, size: number): void {
    const step = Math.hypot(x - this.#x, y - this.#y);
    const isNext = !this.interrupted && step < SHORT_STEP * size;
    this.#wentThrough = this.#gate.leadsThrough(this.#x, this.#y, x, y) ?? this.#wentThrough;
    this.#x = x;
    this.#y = y;
    const side = this.#gate.side(x, y, size);
    this.#sightings = side === this.#side && !this.interrupted ? this.#sightings + 1 : 1;
    this.#side = side;
    this.#misses = 0;
    if (side !== 0 && (isNext || this.#sightings >= SIGHTINGS_TO_SETTLE)) this.#settle(side);
  }

  /** Looks whether the face, just seen and moved, has come through behind `leader`. */
  follow(leader: Passage, size: number): void {
    const side = this.#settled;
    const isFirstSeenThere = side !== 0 && side === this.#origin && side === -leader.#origin;
    const hasGoneOn = (this.#gate.depth(this.#x, this.#y) - this.#firstDepth) * side > GONE_ON * size;
    if (!isFirstSeenThere || !hasGoneOn || leader.#settled !== side || !leader.#wentThrough) return;
    this.owed += side;
    this.#origin = -side;
    this.#wentThrough = true;
  }

  #settle(side: number): void {
    if (this.#settled === -side && this.#wentThrough) this.owed += side;
    this.#origin = this.#settled === -side ? -side : this.#origin || side;
    this.#settled = side;
  }
}
