import type { I420Frame, I420Layout } from '../frame/i420.ts';
import { PlaneCells } from './plane-cells.ts';

/** Cells along the width of a frame, at least: a face of the smallest size that is found is wider than one. */
const CELLS_ACROSS = 80;
/** Sides are multiples of this, which is also the smallest one. */
const SIDE_STEP = 8;

/** A frame as the means of its cells, in luma and chroma: what a look is remembered by, and no pixel of it. */
export class SceneCells {
  readonly #y: PlaneCells;
  readonly #u: PlaneCells;
  readonly #v: PlaneCells;

  constructor(layout: I420Layout) {
    const most = Math.min(layout.width / CELLS_ACROSS, layout.height);
    const side = SIDE_STEP * Math.max(1, Math.floor(most / SIDE_STEP));
    const luma = { width: layout.width, height: layout.height, stride: layout.lumaStride, side };
    const chroma = {
      width: layout.chromaWidth,
      height: layout.chromaHeight,
      stride: layout.chromaStride,
      side: side / 2,
    };
    this.#y = new PlaneCells(luma);
    this.#u = new PlaneCells(chroma);
    this.#v = new PlaneCells(chroma);
  }

  measure(frame: I420Frame): void {
    this.#y.measure(frame.y);
    this.#u.measure(frame.u);
    this.#v.measure(frame.v);
  }

  /** Whether no cell's mean, in any plane, differs by more than `most`. */
  isWithin(most: number, other: SceneCells): boolean {
    return (
      this.#y.isWithin(most, other.#y) && this.#u.isWithin(most, other.#u) && this.#v.isWithin(most, other.#v)
    );
  }

  /** How many cells there are, in all planes. */
  get length(): number {
    return this.#y.length + this.#u.length + this.#v.length;
  }

  wipe(): void {
    for (const plane of [this.#y, this.#u, this.#v]) plane.wipe();
  }
}
