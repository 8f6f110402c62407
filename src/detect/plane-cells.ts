import { nativePlanes } from '../frame/native-planes.ts';
import { BoxMeans } from './box-means.ts';

/** One plane of a frame, and how it is cut into cells. */
export interface CellShape {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  /** Samples along a cell's sides, over 2 and no more than the plane has. */
  readonly side: number;
}

/** Cells that follow each other evenly, from a sample of the plane on. */
interface Part {
  readonly from: number;
  readonly columns: number;
  readonly rows: number;
  readonly means: Uint8Array;
  readonly plainly: BoxMeans;
}

/**
 * The rounded mean of each of a plane's cells: squares of one size. Where squares do not fit evenly, the last ones of a
 * row or column reach back into those before them, so that every sample lies in a cell.
 */
export class PlaneCells {
  readonly #shape: CellShape;
  readonly #parts: readonly Part[];
  readonly #native: typeof nativePlanes;

  constructor(shape: CellShape, native = nativePlanes) {
    const { width, height, stride, side } = shape;
    this.#shape = shape;
    this.#native = native;
    const [columns, rows] = [Math.floor(width / side), Math.floor(height / side)];
    const [right, below] = [width - side, (height - side) * stride];
    const parts = [part(shape, 0, columns, rows)];
    if (width % side > 0) parts.push(part(shape, right, 1, rows));
    if (height % side > 0) parts.push(part(shape, below, columns, 1));
    if (parts.length === 3) parts.push(part(shape, below + right, 1, 1));
    this.#parts = parts;
  }

  /** How many cells there are. */
  get length(): number {
    return this.#parts.reduce((sum, { means }) => sum + means.length, 0);
  }

  measure(plane: Uint8Array): void {
    const { stride, side } = this.#shape;
    for (const { from, columns, rows, means, plainly } of this.#parts) {
      const there = from === 0 ? plane : plane.subarray(from);
      if (this.#native) {
        this.#native.shrink(there, stride, side, columns, rows, means, 0, columns);
        continue;
      }
      for (let row = 0; row < rows; row++) {
        plainly.make(there, row);
        means.set(plainly.row, row * columns);
      }
    }
  }

  /** Whether no cell's mean differs from the same cell's in `other` by more than `most`. */
  isWithin(most: number, other: PlaneCells): boolean {
    for (let index = 0; index < this.#parts.length; index++) {
      const here = this.#parts[index]!.means;
      const there = other.#parts[index]!.means;
      for (let cell = 0; cell < here.length; cell++) {
        if (Math.abs(here[cell]! - there[cell]!) > most) return false;
      }
    }
    return true;
  }

  wipe(): void {
    for (const { means, plainly } of this.#parts) {
      means.fill(0);
      plainly.row.fill(0);
    }
  }
}

function part({ stride, side }: CellShape, from: number, columns: number, rows: number): Part {
  const means = new Uint8Array(columns * rows);
  return { from, columns, rows, means, plainly: new BoxMeans(side, stride, columns) };
}
