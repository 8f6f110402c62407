/** Every other byte of a word, see `BoxMeans`. */
const PAIR = 0x00ff00ff;

/** One plane of a frame, and how it is cut into cells. */
export interface CellShape {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  /** Samples along a cell's sides: a multiple of 4, at most 64, and no more than the plane has. */
  readonly side: number;
  /** One of so many of a cell's rows is summed, and a multiple of four of them in all. */
  readonly rowStep: number;
}

/**
 * One plane's cells: squares of one size, each known by the sum of its samples. Where squares do not fit evenly, the
 * last ones of a row or column reach back into those before them, so that every sample lies in a cell.
 */
export class PlaneCells {
  /** How many samples are in a sum. */
  readonly samples: number;
  readonly sums: Int32Array;
  readonly #shape: CellShape;
  readonly #columns: number;
  readonly #rows: number;
  readonly #words = new WeakMap<Uint8Array, Int32Array>();

  constructor(shape: CellShape) {
    const { width, height, side, rowStep } = shape;
    this.#shape = shape;
    this.samples = (side * side) / rowStep;
    this.#columns = Math.ceil(width / side);
    this.#rows = Math.ceil(height / side);
    this.sums = new Int32Array(this.#columns * this.#rows);
  }

  measure(plane: Uint8Array): void {
    const { width, height, stride, side, rowStep } = this.#shape;
    const byWords = width % 4 === 0 && stride % 4 === 0 && plane.byteOffset % 4 === 0;
    const words = byWords ? this.#wordsOf(plane) : undefined;
    for (let row = 0, cell = 0; row < this.#rows; row++) {
      const top = Math.min(row * side, height - side) * stride;
      for (let column = 0; column < this.#columns; column++, cell++) {
        const corner = top + Math.min(column * side, width - side);
        this.sums[cell] = words
          ? sumWords(words, corner >> 2, (stride * rowStep) >> 2, side >> 2, side / rowStep)
          : sumBytes(plane, corner, stride * rowStep, side, side / rowStep);
      }
    }
  }

  /** Whether no cell's mean differs from the same cell's in `other` by more than `most`. */
  isWithin(most: number, other: PlaneCells): boolean {
    const limit = most * this.samples;
    for (let cell = 0; cell < this.sums.length; cell++) {
      if (Math.abs(this.sums[cell]! - other.sums[cell]!) > limit) return false;
    }
    return true;
  }

  /** One view for each plane of each frame slot, made when it is first seen. */
  #wordsOf(plane: Uint8Array): Int32Array {
    let words = this.#words.get(plane);
    if (!words) {
      words = new Int32Array(plane.buffer, plane.byteOffset, plane.byteLength >> 2);
      this.#words.set(plane, words);
    }
    return words;
  }
}

/** The samples of `rows` rows of `width` words, four rows at a time, in two sums of 16 bits that cannot overflow. */
function sumWords(words: Int32Array, corner: number, next: number, width: number, rows: number): number {
  let pairs = 0;
  for (let column = corner; column < corner + width; column++) {
    for (let row = 0, at = column; row < rows; row += 4, at += 4 * next) {
      const [a, b, c, d] = [words[at]!, words[at + next]!, words[at + 2 * next]!, words[at + 3 * next]!];
      const even = (a & PAIR) + (b & PAIR) + (c & PAIR) + (d & PAIR);
      const odd = ((a >>> 8) & PAIR) + ((b >>> 8) & PAIR) + ((c >>> 8) & PAIR) + ((d >>> 8) & PAIR);
      pairs = (pairs + even + odd) | 0;
    }
  }
  return (pairs & 0xffff) + (pairs >>> 16);
}

function sumBytes(plane: Uint8Array, corner: number, next: number, width: number, rows: number): number {
  let sum = 0;
  for (let row = 0, start = corner; row < rows; row++, start += next) {
    for (let at = start; at < start + width; at++) sum += plane[at]!;
  }
  return sum;
}
