import type { I420Frame } from '../frame/i420.ts';
import { CoverPatch, cellStart, MOST_CELLS } from './cover-patch.ts';
import { checkRegion, type Region } from './region.ts';

export const COVER_STYLES = ['blur', 'mosaic', 'solid'] as const;
export type CoverStyle = (typeof COVER_STYLES)[number];

/** The one cell that `solid` draws: mid-grey, and nothing of any face. */
const GREY = new CoverPatch();
GREY.columns = 1;
GREY.rows = 1;
GREY.luma[0] = 126;
GREY.u[0] = 128;
GREY.v[0] = 128;

/**
 * Makes `region` unreadable in place, in all three planes. What is drawn is computed from the patch and the
 * region's own measures, never from the pixels that lie there (promise P4): `blur` interpolates smoothly between
 * the patch's cells, `mosaic` draws them as blocks; `solid`, and any style of an empty patch, is one grey.
 * @throws RangeError when the region does not fit the frame, which must then be covered whole
 */
export function cover(
  frame: I420Frame,
  region: Readonly<Region>,
  patch: Readonly<CoverPatch>,
  style: CoverStyle,
): void {
  checkRegion(region, frame.layout);
  const { x, y, width, height } = region;
  if (width === 0 || height === 0) return;
  const { lumaStride, chromaStride } = frame.layout;
  const { columns, rows, luma, u, v } = style === 'solid' || patch.columns === 0 ? GREY : patch;
  const paint = style === 'blur' ? paintSmooth : paintBlocks;
  paint(frame.y, lumaStride, y * lumaStride + x, width, height, luma, columns, rows);

  const corner = (y >> 1) * chromaStride + (x >> 1);
  const chromaWidth = (width + 1) >> 1;
  const chromaHeight = (height + 1) >> 1;
  paint(frame.u, chromaStride, corner, chromaWidth, chromaHeight, u, columns, rows);
  paint(frame.v, chromaStride, corner, chromaWidth, chromaHeight, v, columns, rows);
}

/** Makes the whole picture one grey, whatever lies between its rows included. */
export function coverWhole(frame: I420Frame): void {
  frame.y.fill(GREY.luma[0]!);
  frame.u.fill(GREY.u[0]!);
  frame.v.fill(GREY.v[0]!);
}

/** Draws every cell as a block. `corner` is the index of the region's first sample in `plane`. */
function paintBlocks(
  plane: Uint8Array,
  stride: number,
  corner: number,
  width: number,
  height: number,
  cells: Uint8Array,
  columns: number,
  rows: number,
): void {
  for (let row = 0; row < rows; row++) {
    const top = cellStart(row, rows, height);
    const first = corner + top * stride;
    for (let column = 0; column < columns; column++) {
      const value = cells[row * columns + column]!;
      const end = first + cellStart(column + 1, columns, width);
      for (let at = first + cellStart(column, columns, width); at < end; at++) plane[at] = value;
    }
    repeatBelow(plane, stride, first, width, cellStart(row + 1, rows, height) - top);
  }
}

/** Rows that `paintSmooth` computes one for: far lower than a cell of a face worth looking at. */
const STRIP = 4;
/** Fixed point of `paintSmooth`: 255 and a half fit, and what rounding adds up to stays under a quarter. */
const SHIFT = 23;
const ONE = 1 << SHIFT;
/** Where each cell of a row begins, and the row's end. */
const starts = new Int32Array(MOST_CELLS + 1);
/** The cells' values, times `ONE`, at the height of one strip; the first and the last again beyond the ends. */
const control = new Float64Array(MOST_CELLS + 2);

/**
 * Draws the cells as a quadratic B-spline: every value lies within the range of the nine cells around it, and no
 * edge shows. In a row, each cell's width is a parabola, stepped through by its first and second differences.
 */
function paintSmooth(
  plane: Uint8Array,
  stride: number,
  corner: number,
  width: number,
  height: number,
  cells: Uint8Array,
  columns: number,
  rows: number,
): void {
  for (let column = 0; column <= columns; column++) starts[column] = cellStart(column, columns, width);
  for (let top = 0; top < height; top += STRIP) {
    const strip = Math.min(STRIP, height - top);
    setControl(cells, columns, rows, ((top + strip / 2) * rows) / height);
    const first = corner + top * stride;
    for (let column = 0; column < columns; column++) {
      const start = first + starts[column]!;
      const end = first + starts[column + 1]!;
      const step = 1 / (end - start);
      const before = control[column]!;
      const here = control[column + 1]!;
      const slope = (here - before) * step;
      const bend = (before - 2 * here + control[column + 2]!) * step * step;
      // A sample stands for its middle, half a step in; the last half rounds.
      let value = ((before + here + slope) / 2 + bend / 8 + ONE / 2) | 0;
      let difference = (slope + bend) | 0;
      const second = bend | 0;
      for (let at = start; at < end; at++) {
        plane[at] = value >> SHIFT;
        value = (value + difference) | 0;
        difference = (difference + second) | 0;
      }
    }
    repeatBelow(plane, stride, first, width, strip);
  }
}

/** Fills `control` for a height measured in cells from the region's top. */
function setControl(cells: Uint8Array, columns: number, rows: number, height: number): void {
  const row = Math.floor(height);
  const within = height - row;
  const weightAbove = (ONE * (1 - within) * (1 - within)) / 2;
  const weightBelow = (ONE * within * within) / 2;
  const weightHere = ONE - weightAbove - weightBelow;
  const here = row * columns;
  const above = Math.max(0, row - 1) * columns;
  const below = Math.min(rows - 1, row + 1) * columns;
  for (let column = 0; column < columns; column++) {
    control[column + 1] =
      cells[above + column]! * weightAbove +
      cells[here + column]! * weightHere +
      cells[below + column]! * weightBelow;
  }
  control[0] = control[1]!;
  control[columns + 1] = control[columns]!;
}

/** Copies the row that begins at `first` onto the rows below it, `height` rows in all. */
function repeatBelow(plane: Uint8Array, stride: number, first: number, width: number, height: number): void {
  for (let row = 1; row < height; row++) plane.copyWithin(first + row * stride, first, first + width);
}
