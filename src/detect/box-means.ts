/** Every other byte of a word: sums of two such words do not run from one byte into the next. */
const PAIR = 0x00ff00ff;

/**
 * Makes one row of a plane that is smaller by a whole factor: each byte is the rounded mean of `side` by `side`
 * bytes. Halving, the usual case (1280 to 640), goes four bytes at a time where the rows begin at whole words: in
 * JavaScript it is the accesses that cost.
 */
export class BoxMeans {
  readonly row: Uint8Array;
  readonly #rowWords: Int32Array | undefined;
  readonly #words = new WeakMap<Uint8Array, Int32Array>();
  readonly #stride: number;
  readonly #side: number;

  constructor(side: number, stride: number, width: number) {
    this.#side = side;
    this.#stride = stride;
    this.row = new Uint8Array(width);
    const byWords = side === 2 && width % 4 === 0 && stride % 4 === 0;
    this.#rowWords = byWords ? new Int32Array(this.row.buffer) : undefined;
  }

  /** Fills `row` with row `y` of the smaller plane. */
  make(plane: Uint8Array, y: number): void {
    const start = y * this.#side * this.#stride;
    if (this.#rowWords && plane.byteOffset % 4 === 0) {
      halve(this.#wordsOf(plane), start >> 2, this.#stride >> 2, this.#rowWords);
    } else {
      average(plane, start, this.#stride, this.#side, this.row);
    }
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

function average(plane: Uint8Array, start: number, stride: number, side: number, into: Uint8Array): void {
  const share = Math.round(65536 / (side * side));
  for (let x = 0; x < into.length; x++) {
    let sum = 0;
    for (let row = 0; row < side; row++) {
      const at = start + row * stride + x * side;
      for (let column = 0; column < side; column++) sum += plane[at + column]!;
    }
    // The share is rounded: up, it would make more than white of white.
    into[x] = Math.min(255, (Math.imul(sum, share) + 0x8000) >> 16);
  }
}

/** `start` and `stride` in words. */
function halve(words: Int32Array, start: number, stride: number, into: Int32Array): void {
  let above = start;
  let below = start + stride;
  for (let x = 0; x < into.length; x++) {
    const left = meansOfFour(words[above]!, words[below]!);
    const right = meansOfFour(words[above + 1]!, words[below + 1]!);
    above += 2;
    below += 2;
    into[x] = (left & 0xff) | ((left >>> 8) & 0xff00) | ((right & 0xff) << 16) | ((right & 0xff0000) << 8);
  }
}

/** Two means of four bytes each, in bits 0 to 7 and 16 to 23. */
function meansOfFour(above: number, below: number): number {
  return (
    ((above & PAIR) + ((above >>> 8) & PAIR) + (below & PAIR) + ((below >>> 8) & PAIR) + 0x00020002) >>> 2
  );
}
