import { Boxes } from './boxes.ts';
import { type FaceModel, LEAST_LOGIT, logit, notANumber, sigmoid } from './face-model.ts';
import { mergeOverlapping } from './suppression.ts';

const STRIDE = 4;
const MOST_OVERLAP = 0.3;
/** The model's boxes begin near the eyebrows; a face is about this much larger, each way around their centre. */
const ENLARGEMENT = 1.28;

/** MediaPipe's full-range face detector: one logit and one box, relative to its centre, for every 4 by 4 pixels. */
export class MediapipeFull implements FaceModel {
  readonly #leastLogit: number;
  readonly #columns: number;
  readonly #rows: number;
  readonly #candidates: Boxes;

  /** @param threshold the least score of a face, between 0 and 1 */
  constructor(width: number, height: number, threshold: number) {
    this.#leastLogit = logit(threshold);
    this.#columns = width / STRIDE;
    this.#rows = height / STRIDE;
    this.#candidates = new Boxes(this.#columns * this.#rows);
  }

  find(cls: Float32Array, loc: Float32Array, faces: Boxes): void {
    this.#candidates.length = 0;
    for (let row = 0, i = 0; row < this.#rows; row++) {
      for (let column = 0; column < this.#columns; column++, i++) {
        const score = cls[i]!;
        if (score < this.#leastLogit && score > LEAST_LOGIT) continue;
        this.#propose((column + 0.5) * STRIDE, (row + 0.5) * STRIDE, score, loc, 4 * i);
      }
    }
    mergeOverlapping(this.#candidates, MOST_OVERLAP, faces);
  }

  #propose(centreX: number, centreY: number, score: number, loc: Float32Array, at: number): void {
    const x = centreX + loc[at]!;
    const y = centreY + loc[at + 1]!;
    const halfWidth = (loc[at + 2]! * ENLARGEMENT) / 2;
    const halfHeight = (loc[at + 3]! * ENLARGEMENT) / 2;
    if (!Number.isFinite(score + x + y + halfWidth + halfHeight)) throw notANumber();
    if (halfWidth <= 0 || halfHeight <= 0) return;
    this.#candidates.add(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight, sigmoid(score));
  }
}
