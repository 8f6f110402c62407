import { type NativePlanes, nativePlanes } from '../frame/native-planes.ts';
import { AxisMap } from './axis-map.ts';
import { BoxMeans } from './box-means.ts';

/** One plane of a picture, and how many bytes lie from one of its rows to the next. */
export interface PlaneShape {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  /** How much of the plane the picture covers: half a sample less for the chroma of an odd size. */
  readonly coveredWidth: number;
  readonly coveredHeight: number;
}

/**
 * Brings one plane of bytes to another size, a row at a time, in memory taken once. A plane that shrinks to a half
 * or less is first averaged over whole boxes, so that fine detail does not turn into false patterns; what then is
 * left to do is linear interpolation, or the nearest sample where `smooth` is false. Where nothing is left to do, native
 * code can make the whole plane at once.
 */
export class PlaneScaler {
  /** The row that was scaled last, from `at` on: memory of this scaler, or the plane itself. */
  row: Uint8Array;
  at = 0;

  readonly #stride: number;
  readonly #side: number;
  readonly #width: number;
  readonly #height: number;
  readonly #native: NativePlanes | null;
  readonly #smooth: boolean;
  readonly #even: BoxMeans | undefined;
  readonly #odd: BoxMeans | undefined;
  readonly #same: boolean;
  readonly #rows: AxisMap;
  readonly #columns: AxisMap;
  readonly #blended: Uint16Array;
  readonly #scaled: Uint8Array;

  constructor(shape: PlaneShape, width: number, height: number, smooth: boolean, native = nativePlanes) {
    const side = Math.max(1, Math.floor(Math.min(shape.coveredWidth / width, shape.coveredHeight / height)));
    const boxedWidth = Math.floor(shape.width / side);
    const boxedHeight = Math.floor(shape.height / side);
    if (side > 1) {
      this.#even = new BoxMeans(side, shape.stride, boxedWidth);
      this.#odd = new BoxMeans(side, shape.stride, boxedWidth);
    }
    this.#stride = shape.stride;
    this.#side = side;
    this.#width = width;
    this.#height = height;
    this.#smooth = smooth;
    this.#same = boxedWidth === width && boxedHeight === height;
    this.#native = this.#same ? native : null;
    this.#rows = new AxisMap(boxedHeight, shape.coveredHeight / side, height);
    this.#columns = new AxisMap(boxedWidth, shape.coveredWidth / side, width);
    this.#blended = new Uint16Array(boxedWidth);
    this.#scaled = new Uint8Array(width);
    this.row = this.#scaled;
  }

  /** Makes `row` and `at` the row `y` of the scaled plane. */
  scale(plane: Uint8Array, y: number): void {
    if (this.#same) {
      this.#take(plane, y);
      return;
    }
    const { first, fraction, nearest } = this.#rows;
    if (this.#smooth) {
      this.#take(plane, first[y]!);
      const above = this.row;
      const aboveAt = this.at;
      this.#take(plane, first[y]! + 1);
      blendRows(above, aboveAt, this.row, this.at, fraction[y]!, this.#blended);
      blendColumns(this.#blended, this.#columns, this.#scaled);
    } else {
      this.#take(plane, nearest[y]!);
      pickColumns(this.row, this.at, this.#columns, this.#scaled);
    }
    this.row = this.#scaled;
    this.at = 0;
  }

  /**
   * Writes the whole scaled plane, its rows `stride` bytes apart.
   * @returns false when native code cannot do it: it is then to be scaled row by row
   */
  scaleAll(plane: Uint8Array, into: Uint8Array, at: number, stride: number): boolean {
    if (!this.#native) return false;
    this.#native.shrink(plane, this.#stride, this.#side, this.#width, this.#height, into, at, stride);
    return true;
  }

  wipe(): void {
    this.#even?.row.fill(0);
    this.#odd?.row.fill(0);
    this.#blended.fill(0);
    this.#scaled.fill(0);
  }

  /** Makes `row` and `at` the row `y` of the plane as it is after averaging. */
  #take(plane: Uint8Array, y: number): void {
    const boxes = y & 1 ? this.#odd : this.#even;
    if (!boxes) {
      this.row = plane;
      this.at = y * this.#stride;
      return;
    }
    boxes.make(plane, y);
    this.row = boxes.row;
    this.at = 0;
  }
}

/** Two rows of bytes to one of 16 bits: `fraction` of 256 is the share of the lower row. */
function blendRows(
  above: Uint8Array,
  aboveAt: number,
  below: Uint8Array,
  belowAt: number,
  fraction: number,
  into: Uint16Array,
): void {
  for (let x = 0; x < into.length; x++) {
    const value = above[aboveAt + x]!;
    into[x] = (value << 8) + Math.imul(below[belowAt + x]! - value, fraction);
  }
}

function blendColumns(row: Uint16Array, { first, fraction }: AxisMap, into: Uint8Array): void {
  for (let x = 0; x < into.length; x++) {
    const at = first[x]!;
    const value = row[at]!;
    into[x] = ((value << 8) + Math.imul(row[at + 1]! - value, fraction[x]!) + 0x8000) >> 16;
  }
}

function pickColumns(row: Uint8Array, at: number, { nearest }: AxisMap, into: Uint8Array): void {
  for (let x = 0; x < into.length; x++) into[x] = row[at + nearest[x]!]!;
}
