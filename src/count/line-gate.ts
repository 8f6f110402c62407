import { LintelError } from '../lintel-error.ts';
import type { Gate } from './gate.ts';

/** The line that is crossed: its ends as fractions of the frame's width and height, and the side people go in to. */
export interface DoorwayLine {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  readonly in: 'left' | 'right' | 'above' | 'below';
}

/** A face is clearly on a side when its middle is this far from the line, in face sizes. */
const CLEAR = 0.5;
/** The sine of the least angle between the line and the way to its `in` side. */
const LEAST_LEAN = 0.5;

const TOWARDS = { left: [-1, 0], right: [1, 0], above: [0, -1], below: [0, 1] } as const;

/** A line with two sides: whoever goes over it between its ends goes through, whoever goes round an end does not. */
export class LineGate implements Gate {
  readonly #x: number;
  readonly #y: number;
  readonly #length: number;
  /** The line's direction and, at right angles to it, the way in. */
  readonly #alongX: number;
  readonly #alongY: number;
  readonly #inX: number;
  readonly #inY: number;

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

  side(x: number, y: number, size: number): number {
    const depth = this.depth(x, y);
    return Math.abs(depth) < CLEAR * size ? 0 : Math.sign(depth);
  }

  depth(x: number, y: number): number {
    return (x - this.#x) * this.#inX + (y - this.#y) * this.#inY;
  }

  leadsThrough(fromX: number, fromY: number, toX: number, toY: number): boolean | undefined {
    const before = this.depth(fromX, fromY);
    const after = this.depth(toX, toY);
    if (before > 0 === after > 0) return undefined;
    const from = this.#along(fromX, fromY);
    const at = from + ((this.#along(toX, toY) - from) * before) / (before - after);
    return at >= 0 && at <= this.#length;
  }

  #along(x: number, y: number): number {
    return (x - this.#x) * this.#alongX + (y - this.#y) * this.#alongY;
  }
}
