import { Boxes } from './boxes.ts';
import { type FaceModel, LEAST_LOGIT, logit, notANumber, sigmoid } from './face-model.ts';
import { keepBest } from './suppression.ts';

/** Strides of the four feature maps, and the sides of the square anchors at each of their cells, in input pixels. */
const ANCHORS = [
  { stride: 8, sides: [10, 16, 24] },
  { stride: 16, sides: [32, 48] },
  { stride: 32, sides: [64, 96] },
  { stride: 64, sides: [128, 192, 256] },
] as const;
const CENTRE_VARIANCE = 0.1;
const SIZE_VARIANCE = 0.2;
const MOST_OVERLAP = 0.4;

/**
 * Ultra-Light-Fast-Generic-Face-Detector-1MB (Linzaer, version-RFB-320): two class logits and four offsets for
 * each anchor. Faces are boxes around the face, from the hairline to the chin.
 */
export class Ultraface implements FaceModel {
  readonly #leastLogit: number;
  readonly #centreX: Float32Array;
  readonly #centreY: Float32Array;
  readonly #side: Float32Array;
  readonly #candidates: Boxes;

  /** @param threshold the least score of a face, between 0 and 1 */
  constructor(width: number, height: number, threshold: number) {
    const anchors = anchorsOf(width, height);
    this.#leastLogit = logit(threshold);
    this.#centreX = Float32Array.from(anchors, (anchor) => anchor.x);
    this.#centreY = Float32Array.from(anchors, (anchor) => anchor.y);
    this.#side = Float32Array.from(anchors, (anchor) => anchor.side);
    this.#candidates = new Boxes(anchors.length);
  }

  find(cls: Float32Array, loc: Float32Array, faces: Boxes): void {
    this.#candidates.length = 0;
    for (let i = 0; i < this.#side.length; i++) {
      const difference = cls[2 * i + 1]! - cls[2 * i]!;
      if (difference < this.#leastLogit && difference > LEAST_LOGIT) continue;
      this.#propose(i, difference, loc);
    }
    keepBest(this.#candidates, MOST_OVERLAP, faces);
  }

  #propose(anchor: number, difference: number, loc: Float32Array): void {
    const side = this.#side[anchor]!;
    const x = this.#centreX[anchor]! + CENTRE_VARIANCE * loc[4 * anchor]! * side;
    const y = this.#centreY[anchor]! + CENTRE_VARIANCE * loc[4 * anchor + 1]! * side;
    const halfWidth = (side * Math.exp(SIZE_VARIANCE * loc[4 * anchor + 2]!)) / 2;
    const halfHeight = (side * Math.exp(SIZE_VARIANCE * loc[4 * anchor + 3]!)) / 2;
    if (!Number.isFinite(difference + x + y + halfWidth + halfHeight)) throw notANumber();
    this.#candidates.add(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight, sigmoid(difference));
  }
}

/** In the order of the model's output: map, row, column, side. */
function anchorsOf(width: number, height: number): { x: number; y: number; side: number }[] {
  const anchors = [];
  for (const { stride, sides } of ANCHORS) {
    const columns = Math.ceil(width / stride);
    const rows = Math.ceil(height / stride);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const x = ((column + 0.5) * width) / columns;
        const y = ((row + 0.5) * height) / rows;
        for (const side of sides) anchors.push({ x, y, side });
      }
    }
  }
  return anchors;
}
