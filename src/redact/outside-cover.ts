import type { I420Frame, I420Layout } from '../frame/i420.ts';
import type { Polygon } from '../geometry/polygon.ts';

/** Black, as the model's input is where there is no picture. */
const BLACK = { y: 16, u: 128, v: 128 } as const;

/** Runs of samples of one plane, one after another as [first, end] pairs, from its first byte to its last. */
type Runs = Int32Array;

/**
 * Covers what lies outside an area, in place, in luma and chroma. A pixel belongs to the area if its middle lies inside;
 * a chroma sample only if all of its pixels do. What lies between rows is covered too.
 */
export class OutsideCover {
  readonly #luma: Runs;
  readonly #chroma: Runs;

  /** @param area in fractions of the width and the height */
  constructor(area: Polygon, layout: I420Layout) {
    const { width, height, chromaWidth, chromaHeight, lumaStride, chromaStride } = layout;
    const luma = new Uint8Array(lumaStride * height);
    for (let y = 0; y < height; y++) markInside(area, layout, y, luma);
    const chroma = new Uint8Array(chromaStride * chromaHeight);
    for (let y = 0; y < chromaHeight; y++) {
      const above = 2 * y * lumaStride;
      const below = Math.min(2 * y + 1, height - 1) * lumaStride;
      for (let x = 0; x < chromaWidth; x++) {
        const [left, right] = [2 * x, Math.min(2 * x + 1, width - 1)];
        chroma[y * chromaStride + x] =
          luma[above + left]! & luma[above + right]! & luma[below + left]! & luma[below + right]!;
      }
    }
    this.#luma = runsOfZero(luma);
    this.#chroma = runsOfZero(chroma);
  }

  /** @param frame of the layout that this was made for */
  cover(frame: I420Frame): void {
    fill(frame.y, this.#luma, BLACK.y);
    fill(frame.u, this.#chroma, BLACK.u);
    fill(frame.v, this.#chroma, BLACK.v);
  }
}

/** Marks the pixels of row `y` whose middles lie between an odd edge and the next, see `isInside`. */
function markInside(
  area: Polygon,
  { width, height, lumaStride }: I420Layout,
  y: number,
  into: Uint8Array,
): void {
  const middle = (y + 0.5) / height;
  const edges: number[] = [];
  for (let index = 0, last = area.length - 1; index < area.length; last = index++) {
    const [x1, y1] = area[index]!;
    const [x2, y2] = area[last]!;
    if (y1 > middle === y2 > middle) continue;
    edges.push(x1 + ((middle - y1) / (y2 - y1)) * (x2 - x1));
  }
  edges.sort((a, b) => a - b);
  for (let index = 0; index + 1 < edges.length; index += 2) {
    const [first, end] = [firstBeyond(edges[index]!, width), firstBeyond(edges[index + 1]!, width)];
    into.fill(1, y * lumaStride + first, y * lumaStride + Math.min(end, width));
  }
}

/** The first pixel whose middle is not left of an edge: as `isInside` has it to the last bit, where an edge meets a middle. */
function firstBeyond(edge: number, width: number): number {
  let pixel = Math.ceil(edge * width - 0.5);
  while ((pixel - 0.5) / width >= edge) pixel--;
  while ((pixel + 0.5) / width < edge) pixel++;
  return pixel;
}

function runsOfZero(marks: Uint8Array): Runs {
  const runs: number[] = [];
  for (let at = 0; at < marks.length; ) {
    const first = marks.indexOf(0, at);
    if (first < 0) break;
    const end = marks.indexOf(1, first);
    at = end < 0 ? marks.length : end;
    runs.push(first, at);
  }
  return Int32Array.from(runs);
}

function fill(plane: Uint8Array, runs: Runs, value: number): void {
  for (let index = 0; index < runs.length; index += 2) plane.fill(value, runs[index]!, runs[index + 1]!);
}
