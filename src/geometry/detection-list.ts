import type { Box } from './box.ts';

/** Numbers kept for each detection: x, y, width, height (frame pixels), score (0 to 1), countable (0 or 1). */
const STRIDE = 6;

/**
 * The boxes that one detection pass found in one frame, in memory that two threads can share and that is used
 * again for every frame. Every entry is to be covered; a countable one also scored above the (higher)
 * counting threshold.
 */
export class DetectionList {
  static readonly CAPACITY = 256;
  static readonly BYTES = 4 + DetectionList.CAPACITY * STRIDE * 4;

  readonly #length: Int32Array;
  readonly #values: Float32Array;

  /** @param memory at least `DetectionList.BYTES` long, from `byteOffset` on, a multiple of 4 */
  constructor(
    memory: ArrayBuffer | SharedArrayBuffer = new ArrayBuffer(DetectionList.BYTES),
    byteOffset = 0,
  ) {
    this.#length = new Int32Array(memory, byteOffset, 1);
    this.#values = new Float32Array(memory, byteOffset + 4, DetectionList.CAPACITY * STRIDE);
  }

  get length(): number {
    return this.#length[0]!;
  }

  clear(): void {
    this.#length[0] = 0;
  }

  /** @returns false, and adds nothing, when the list is full: the caller must then treat the frame as unknown. */
  add(x: number, y: number, width: number, height: number, score: number, countable: boolean): boolean {
    const index = this.#length[0]!;
    if (index >= DetectionList.CAPACITY) return false;
    const at = index * STRIDE;
    const values = this.#values;
    values[at] = x;
    values[at + 1] = y;
    values[at + 2] = width;
    values[at + 3] = height;
    values[at + 4] = score;
    values[at + 5] = countable ? 1 : 0;
    this.#length[0] = index + 1;
    return true;
  }

  /** Copies one box into `into`, so that reading a frame's boxes allocates nothing. */
  readBox(index: number, into: Box): void {
    const at = this.#offset(index);
    into.x = this.#values[at]!;
    into.y = this.#values[at + 1]!;
    into.width = this.#values[at + 2]!;
    into.height = this.#values[at + 3]!;
  }

  score(index: number): number {
    return this.#values[this.#offset(index) + 4]!;
  }

  countable(index: number): boolean {
    return this.#values[this.#offset(index) + 5] === 1;
  }

  #offset(index: number): number {
    if (!(index >= 0 && index < this.length)) throw new RangeError(`no detection ${index} of ${this.length}`);
    return index * STRIDE;
  }
}
