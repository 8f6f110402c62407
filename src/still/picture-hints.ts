import type { PictureHints } from '../aiming/aiming-status.ts';
import type { I420Frame, I420Layout } from '../frame/i420.ts';
import type { Box } from '../geometry/box.ts';
import { isInside, type Polygon } from '../geometry/polygon.ts';

/** Pixels on a side of the blocks that are looked at or left out as one, and of each the rows that are looked at. */
const BLOCK = 16;
const EVERY_ROW = 4;
const BINS = 16;
/** Luma of black and of white, BT.601. */
const BLACK = 16;
const WHITE = 235;
/** A cover reaches no farther from a face's box than so many of its widths and heights (see `FaceCovers`). */
const COVER_REACH = 1.2;

/**
 * Measures sharpness and brightness of covered frames where no cover lies, and nothing outside the doorway area. Sharpness is
 * the variance of the Laplacian (J. L. Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy", ICPR 2000).
 */
export class HintMeter {
  readonly #layout: I420Layout;
  /** Left and top of each block that may be looked at. */
  readonly #blocks: readonly (readonly [x: number, y: number])[];

  constructor(layout: I420Layout, area: Polygon) {
    this.#layout = layout;
    const { width, height } = layout;
    const blocks: [number, number][] = [];
    for (let y = 0; y + BLOCK + 2 <= height; y += BLOCK) {
      for (let x = 0; x + BLOCK + 2 <= width; x += BLOCK) blocks.push([x, y]);
    }
    const seen = ([x, y]: readonly [number, number]) =>
      [0, BLOCK + 2].every((dx) =>
        [0, BLOCK + 2].every((dy) => isInside(area, (x + dx) / width, (y + dy) / height)),
      );
    this.#blocks = area.length > 0 ? blocks.filter(seen) : blocks;
  }

  /** @returns undefined when covers leave nothing to measure. @param faces the boxes that were covered */
  measure({ y: luma }: I420Frame, faces: readonly Readonly<Box>[]): PictureHints | undefined {
    const { lumaStride } = this.#layout;
    const counts = new Array<number>(BINS).fill(0);
    let samples = 0;
    let sum = 0;
    let squares = 0;
    for (const [left, top] of this.#blocks) {
      if (faces.some((face) => isNear(face, left, top))) continue;
      for (let row = 1; row <= BLOCK; row += EVERY_ROW) {
        const start = (top + row) * lumaStride + left + 1;
        for (let at = start; at < start + BLOCK; at++) {
          const value = luma[at]!;
          const neighbours = luma[at - 1]! + luma[at + 1]! + luma[at - lumaStride]! + luma[at + lumaStride]!;
          const laplacian = neighbours - 4 * value;
          sum += laplacian;
          squares += laplacian * laplacian;
          counts[binOf(value)]!++;
          samples++;
        }
      }
    }
    if (samples === 0) return undefined;
    const mean = sum / samples;
    return { sharpness: squares / samples - mean * mean, histogram: counts.map((count) => count / samples) };
  }
}

function binOf(luma: number): number {
  return Math.max(0, Math.min(BINS - 1, Math.floor(((luma - BLACK) * BINS) / (WHITE - BLACK))));
}

function isNear({ x, y, width, height }: Readonly<Box>, left: number, top: number): boolean {
  const [dx, dy] = [COVER_REACH * width, COVER_REACH * height];
  return (
    left + BLOCK + 2 > x - dx && left < x + width + dx && top + BLOCK + 2 > y - dy && top < y + height + dy
  );
}
