import { BoxMeans } from '../detect/box-means.ts';
import type { I420Frame, I420Layout } from '../frame/i420.ts';

/** A still is no wider and no higher than this. */
const MOST_PIXELS = 640;

/** The size of a still: that of a frame, divided by a whole number, and even. */
export interface StillSize {
  readonly side: number;
  readonly width: number;
  readonly height: number;
  /** Of its three planes, one after another, without gaps. */
  readonly byteLength: number;
}

export function stillSize({ width, height }: Pick<I420Layout, 'width' | 'height'>): StillSize {
  const side = Math.ceil(Math.max(width, height) / MOST_PIXELS);
  const even = (length: number) => Math.floor(length / side / 2) * 2;
  const [w, h] = [even(width), even(height)];
  return { side, width: w, height: h, byteLength: (w * h * 3) / 2 };
}

/** Makes small pictures of frames, in memory that is taken once. */
export class FrameShrinker {
  readonly size: StillSize;
  readonly #luma: BoxMeans;
  readonly #chroma: BoxMeans;

  constructor(layout: I420Layout) {
    this.size = stillSize(layout);
    const { side, width } = this.size;
    this.#luma = new BoxMeans(side, layout.lumaStride, width);
    this.#chroma = new BoxMeans(side, layout.chromaStride, width / 2);
  }

  /** @param into of `size.byteLength` */
  shrink({ y, u, v }: I420Frame, into: Uint8Array): void {
    const { width, height } = this.size;
    let at = copy(this.#luma, y, height, into, 0, width);
    for (const plane of [u, v]) at = copy(this.#chroma, plane, height / 2, into, at, width / 2);
  }

  wipe(): void {
    for (const means of [this.#luma, this.#chroma]) means.row.fill(0);
  }
}

function copy(means: BoxMeans, plane: Uint8Array, rows: number, into: Uint8Array, at: number, width: number) {
  for (let row = 0; row < rows; row++) {
    means.make(plane, row);
    into.set(means.row, at + row * width);
  }
  return at + rows * width;
}
