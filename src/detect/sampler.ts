import type { I420Frame, I420Layout } from '../frame/i420.ts';
import { nativePlanes } from '../frame/native-planes.ts';
import { PlaneScaler } from './plane-scaler.ts';

/** Black in BT.601, limited range. */
const BLACK = { y: 16, u: 128, v: 128 } as const;

/**
 * Samples frames into the input of a model: bytes, the planes Y, Cb and Cr one after another, all of the same size,
 * the frame scaled to fit and placed at the top left, the rest black. It runs on every frame, in memory taken once.
 */
export class Sampler {
  /** The size of the scaled frame within the input. */
  readonly width: number;
  readonly height: number;
  readonly #inputWidth: number;
  readonly #input: Uint8Array;
  readonly #y: PlaneScaler;
  readonly #u: PlaneScaler;
  readonly #v: PlaneScaler;

  /** @param input of `3 * inputWidth * inputHeight` bytes */
  constructor(
    layout: I420Layout,
    inputWidth: number,
    inputHeight: number,
    input: Uint8Array,
    native = nativePlanes,
  ) {
    const scale = Math.min(inputWidth / layout.width, inputHeight / layout.height);
    this.width = Math.max(1, Math.round(layout.width * scale));
    this.height = Math.max(1, Math.round(layout.height * scale));
    this.#inputWidth = inputWidth;
    this.#input = input;
    const luma = {
      width: layout.width,
      height: layout.height,
      stride: layout.lumaStride,
      coveredWidth: layout.width,
      coveredHeight: layout.height,
    };
    const chroma = {
      width: layout.chromaWidth,
      height: layout.chromaHeight,
      stride: layout.chromaStride,
      coveredWidth: layout.width / 2,
      coveredHeight: layout.height / 2,
    };
    this.#y = new PlaneScaler(luma, this.width, this.height, true, native);
    this.#u = new PlaneScaler(chroma, this.width, this.height, false, native);
    this.#v = new PlaneScaler(chroma, this.width, this.height, false, native);
    this.wipe();
  }

  sample(frame: I420Frame): void {
    const plane = this.#input.length / 3;
    this.#place(this.#y, frame.y, 0);
    this.#place(this.#u, frame.u, plane);
    this.#place(this.#v, frame.v, 2 * plane);
  }

  /** Makes the input black: nothing of the frame is left here (promise P5). */
  wipe(): void {
    this.#y.wipe();
    this.#u.wipe();
    this.#v.wipe();
    const plane = this.#input.length / 3;
    this.#input.fill(BLACK.y, 0, plane);
    this.#input.fill(BLACK.u, plane, 2 * plane);
    this.#input.fill(BLACK.v, 2 * plane);
  }

  #place(scaler: PlaneScaler, plane: Uint8Array, from: number): void {
    if (scaler.scaleAll(plane, this.#input, from, this.#inputWidth)) return;
    for (let row = 0; row < this.height; row++) {
      scaler.scale(plane, row);
      const to = from + row * this.#inputWidth;
      if (scaler.row.length === this.width) this.#input.set(scaler.row, to);
      else copy(scaler.row, scaler.at, this.#input, to, this.width);
    }
  }
}

/** Part of a row, without making a view of it for every row. */
function copy(from: Uint8Array, fromAt: number, to: Uint8Array, toAt: number, length: number): void {
  for (let at = 0; at < length; at++) to[toAt + at] = from[fromAt + at]!;
}
