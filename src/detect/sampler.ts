import type { I420Frame, I420Layout } from '../frame/i420.ts';
import { PlaneScaler } from './plane-scaler.ts';

/** How a model wants its numbers: (value - centre) / scale, for values of 0 to 255. */
export interface Normalisation {
  readonly centre: number;
  readonly scale: number;
}

// BT.601, limited range, to RGB of 0 to 255 (ITU-R BT.601-7, 2.5.4), in 16 fractional bits.
const LUMA = Math.round(1.164384 * 65536);
const RED_V = Math.round(1.596027 * 65536);
const GREEN_U = Math.round(-0.391762 * 65536);
const GREEN_V = Math.round(-0.812968 * 65536);
const BLUE_U = Math.round(2.017232 * 65536);
/** Colours outside 0 to 255 are looked up too; the outermost lie within this of it. */
const MARGIN = 300;
const BASE = (MARGIN << 16) + 0x8000 - 16 * LUMA;
const RED = BASE - 128 * RED_V;
const GREEN = BASE - 128 * (GREEN_U + GREEN_V);
const BLUE = BASE - 128 * BLUE_U;

/**
 * Samples frames into the input of a model: float32, RGB planes one after another, the frame scaled to fit and
 * placed at the top left, the rest black. It runs on every frame and allocates nothing.
 */
export class Sampler {
  /** The size of the scaled frame within the input. */
  readonly width: number;
  readonly height: number;
  readonly #inputWidth: number;
  readonly #input: Float32Array;
  readonly #levels: Float32Array;
  readonly #y: PlaneScaler;
  readonly #u: PlaneScaler;
  readonly #v: PlaneScaler;

  /** @param input of `3 * inputWidth * inputHeight` numbers */
  constructor(
    layout: I420Layout,
    inputWidth: number,
    inputHeight: number,
    normalisation: Normalisation,
    input: Float32Array,
  ) {
    const scale = Math.min(inputWidth / layout.width, inputHeight / layout.height);
    this.width = Math.max(1, Math.round(layout.width * scale));
    this.height = Math.max(1, Math.round(layout.height * scale));
    this.#inputWidth = inputWidth;
    this.#input = input;
    this.#levels = levels(normalisation);
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
    this.#y = new PlaneScaler(luma, this.width, this.height, true);
    this.#u = new PlaneScaler(chroma, this.width, this.height, false);
    this.#v = new PlaneScaler(chroma, this.width, this.height, false);
    this.wipe();
  }

  sample(frame: I420Frame): void {
    const plane = this.#input.length / 3;
    for (let row = 0; row < this.height; row++) {
      this.#y.scale(frame.y, row);
      this.#u.scale(frame.u, row);
      this.#v.scale(frame.v, row);
      colourRow(
        this.#y,
        this.#u,
        this.#v,
        this.width,
        this.#levels,
        this.#input,
        row * this.#inputWidth,
        plane,
      );
    }
  }

  /** Makes the input black: nothing of the frame is left here (promise P5). */
  wipe(): void {
    this.#y.wipe();
    this.#u.wipe();
    this.#v.wipe();
    this.#input.fill(this.#levels[MARGIN]!);
  }
}

function colourRow(
  luma: PlaneScaler,
  blue: PlaneScaler,
  red: PlaneScaler,
  width: number,
  levels: Float32Array,
  into: Float32Array,
  at: number,
  plane: number,
): void {
  const { row: y, at: yAt } = luma;
  const { row: u, at: uAt } = blue;
  const { row: v, at: vAt } = red;
  const greenAt = at + plane;
  const blueAt = greenAt + plane;
  for (let x = 0; x < width; x++) {
    const bright = Math.imul(y[yAt + x]!, LUMA);
    const cb = u[uAt + x]!;
    const cr = v[vAt + x]!;
    into[at + x] = levels[(bright + Math.imul(cr, RED_V) + RED) >> 16]!;
    into[greenAt + x] = levels[(bright + Math.imul(cb, GREEN_U) + Math.imul(cr, GREEN_V) + GREEN) >> 16]!;
    into[blueAt + x] = levels[(bright + Math.imul(cb, BLUE_U) + BLUE) >> 16]!;
  }
}

/** The normalised value of each level from -MARGIN on, clamped to 0 to 255. */
function levels({ centre, scale }: Normalisation): Float32Array {
  return Float32Array.from({ length: 255 + 2 * MARGIN }, (_, index) => {
    const level = Math.max(0, Math.min(255, index - MARGIN));
    return (level - centre) / scale;
  });
}
