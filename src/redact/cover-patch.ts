import type { I420Frame } from '../frame/i420.ts';
import { checkRegion, type Region } from './region.ts';

/** At most so many cells along one side of a covered region: all that a cover may tell of a face (promise P4). */
export const MOST_CELLS = 6;
/** A small region has fewer cells: none is narrower or lower than this, in luma pixels. */
const SMALLEST_CELL = 8;

/** The mean luma and chroma of each of a few cells of one face, row by row. Empty until taken. */
export class CoverPatch {
  columns = 0;
  rows = 0;
  readonly luma = new Uint8Array(MOST_CELLS * MOST_CELLS);
  readonly u = new Uint8Array(MOST_CELLS * MOST_CELLS);
  readonly v = new Uint8Array(MOST_CELLS * MOST_CELLS);

  /** Forgets the face. */
  wipe(): void {
    this.columns = 0;
    this.rows = 0;
    this.luma.fill(0);
    this.u.fill(0);
    this.v.fill(0);
  }
}

/** Fills `into` with the cell means of `region`; an empty region leaves it empty. @throws RangeError */
export function takePatch(frame: I420Frame, region: Readonly<Region>, into: CoverPatch): void {
  const { layout } = frame;
  checkRegion(region, layout);
  into.wipe();
  if (region.width === 0 || region.height === 0) return;
  const columns = cellsAlong(region.width);
  const rows = cellsAlong(region.height);
  into.columns = columns;
  into.rows = rows;

  // Cells begin and end between chroma samples, so that a luma cell and its chroma cells are the same area.
  const chromaX = region.x >> 1;
  const chromaY = region.y >> 1;
  const chromaWidth = (region.width + 1) >> 1;
  const chromaHeight = (region.height + 1) >> 1;
  for (let row = 0; row < rows; row++) {
    const top = chromaY + cellStart(row, rows, chromaHeight);
    const bottom = chromaY + cellStart(row + 1, rows, chromaHeight);
    for (let column = 0; column < columns; column++) {
      const left = chromaX + cellStart(column, columns, chromaWidth);
      const right = chromaX + cellStart(column + 1, columns, chromaWidth);
      const cell = row * columns + column;
      into.u[cell] = mean(frame.u, layout.chromaStride, left, top, right, bottom);
      into.v[cell] = mean(frame.v, layout.chromaStride, left, top, right, bottom);
      const lumaRight = Math.min(2 * right, layout.width);
      const lumaBottom = Math.min(2 * bottom, layout.height);
      into.luma[cell] = mean(frame.y, layout.lumaStride, 2 * left, 2 * top, lumaRight, lumaBottom);
    }
  }
}

/** Where cell `index` of `cells` begins on a side of `length` samples. */
export function cellStart(index: number, cells: number, length: number): number {
  return Math.floor((index * length) / cells);
}

function cellsAlong(length: number): number {
  return Math.min(MOST_CELLS, Math.max(1, Math.floor(length / SMALLEST_CELL)));
}

function mean(
  plane: Uint8Array,
  stride: number,
  left: number,
  top: number,
  right: number,
  bottom: number,
): number {
  let sum = 0;
  for (let row = top; row < bottom; row++) {
    const end = row * stride + right;
    for (let at = row * stride + left; at < end; at++) sum += plane[at]!;
  }
  return Math.round(sum / ((right - left) * (bottom - top)));
}
