import { LintelError } from '../lintel-error.ts';
import { Passage } from './passage.ts';
import type { Track } from './tracker.ts';

export type Direction = 'in' | 'out';

/** The line that is crossed: its ends as fractions of the frame's width and height, and the side people go in to. */
export interface DoorwayLine {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  readonly in: 'left' | 'right' | 'above' | 'below';
}

/** A face is clearly on a side when its centre is this far from the line, in box sizes. */
const CLEAR = 0.5;

/** The sine of the least angle between the line and the way to its `in` side. */
const LEAST_LEAN = 0.5;

const TOWARDS = { left: [-1, 0], right: [1, 0], above: [0, -1], below: [0, 1] } as const;

/**
 * Counts tracks that cross a line: once from clearly one side to clearly the other, between the line's ends. A face that
 * stands on the line, or turns back on it, or walks round its end, is not counted. Somebody who was hidden all the way by
 * the one before them is counted as they come out from behind, see `Passage`.
 */
export class Doorway {
  readonly #x: number;
  readonly #y: number;
  readonly #length: number;
  /** The line's direction and, at right angles to it, the way in. */
  readonly #alongX: number;
  readonly #alongY: number;
  readonly #inX: number;
  readonly #inY: number;
  readonly #passages = new WeakMap<Track, Passage>();
  readonly #crossings = { in: 0, out: 0 };

  /** @throws LintelError DOORWAY when the line leaves the frame, is a point, or has no such side */
  constructor(line: DoorwayLine, frameWidth: number, frameHeight: number) {
    for (const part of [...line.from, ...line.to]) {
      if (part >= 0 && part <= 1) continue;
      throw new LintelError(
        'DOORWAY',
        `the doorway line ends at ${part}: give fractions of the frame, 0 to 1`,
      );
    }
    this.#x = line.from[0] * frameWidth;
    this.#y = line.from[1] * frameHeight;
    const dx = line.to[0] * frameWidth - this.#x;
    const dy = line.to[1] * frameHeight - this.#y;
    this.#length = Math.hypot(dx, dy);
    this.#alongX = dx / this.#length;
    this.#alongY = dy / this.#length;
    const [x, y] = TOWARDS[line.in];
    const lean = this.#alongY * x - this.#alongX * y;
    // Not a number when the line is a point.
    if (!(Math.abs(lean) >= LEAST_LEAN)) {
      throw new LintelError(
        'DOORWAY',
        `the doorway line has no side '${line.in}': draw it across people's way and name the side they go in to`,
      );
    }
    this.#inX = this.#alongY * Math.sign(lean);
    this.#inY = -this.#alongX * Math.sign(lean);
  }

  /**
   * To be called once for each frame, with every live track.
   * @returns the crossings that are certain since this frame, in an object that is used again
   */
  crossings(tracks: readonly Track[]): Readonly<Record<Direction, number>> {
    this.#crossings.in = 0;
    this.#crossings.out = 0;
    for (const track of tracks) {
      // Where a face is only believed to be is no proof that it went there.
      if (track.seen) this.#follow(track);
      else this.#passages.get(track)?.miss();
    }
    return this.#crossings;
  }

  #follow(track: Track): void {
    const { x, y, width, height } = track.box;
    const dx = x + width / 2 - this.#x;
    const dy = y + height / 2 - this.#y;
    const depth = dx * this.#inX + dy * this.#inY;
    const along = dx * this.#alongX + dy * this.#alongY;
    let passage = this.#passages.get(track);
    // Until a track has proved to be a person, what was there before a gap may have been somebody else.
    if (!passage || (passage.interrupted && !track.countable)) {
      passage = new Passage(depth, along);
      this.#passages.set(track, passage);
    }
    const clear = CLEAR * Math.sqrt(width * height);
    passage.move(depth, along, clear, this.#length);
    const leader = track.leader && this.#passages.get(track.leader);
    if (leader) passage.follow(leader, clear);
    if (!track.countable) return;
    if (passage.owed > 0) this.#crossings.in += passage.owed;
    else this.#crossings.out -= passage.owed;
    passage.owed = 0;
  }
}
