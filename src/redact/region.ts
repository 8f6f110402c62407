import type { I420Layout } from '../frame/i420.ts';
import type { Box } from '../geometry/box.ts';

/**
 * A rectangle of whole pixels inside a frame. Invariant: `x` and `y` are even, and so are the right and lower ends
 * unless they are the frame's own, so that no chroma sample belongs to the inside and the outside at once. An
 * empty region (a face that has left the frame) has no width or no height.
 */
export interface Region {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A detector's box ends near brows, ears and chin: parts of its width or height added on each side. */
const BESIDE = 0.3;
const ABOVE = 0.4;
const BELOW = 0.3;

/**
 * The region to cover for a face found in `box` (frame pixels): enlarged, aligned outward, cut to the frame. A box
 * that is not one (a number that is not finite, a size that is not above zero) says nothing of where the face is,
 * and the region is the whole frame.
 */
export function coverRegion(box: Readonly<Box>, layout: I420Layout, into: Region): void {
  const { x, y, width, height } = box;
  const known = Number.isFinite(x) && Number.isFinite(y) && inSize(width) && inSize(height);
  const left = known ? evenBelow(x - BESIDE * width, layout.width) : 0;
  const top = known ? evenBelow(y - ABOVE * height, layout.height) : 0;
  const right = known ? evenAbove(x + (1 + BESIDE) * width, layout.width) : layout.width;
  const bottom = known ? evenAbove(y + (1 + BELOW) * height, layout.height) : layout.height;
  into.x = left;
  into.y = top;
  into.width = Math.max(0, right - left);
  into.height = Math.max(0, bottom - top);
}

/** @throws RangeError when `region` breaks its invariant in a frame of this layout */
export function checkRegion(region: Readonly<Region>, layout: I420Layout): void {
  const { x, y, width, height } = region;
  if (!(fits(x, width, layout.width) && fits(y, height, layout.height))) {
    throw new RangeError(
      `region ${width}x${height} at ${x},${y} does not fit a frame of ${layout.width}x${layout.height}`,
    );
  }
}

function inSize(size: number): boolean {
  return size > 0 && Number.isFinite(size);
}

// Whole numbers by bit operations all along: a region of doubles would make every loop over it twice as slow.

function evenBelow(position: number, limit: number): number {
  return (Math.min(Math.max(position, 0), limit) >> 1) << 1;
}

function evenAbove(position: number, limit: number): number {
  return Math.min(((Math.ceil(Math.min(Math.max(position, 0), limit)) + 1) >> 1) << 1, limit);
}

function fits(start: number, length: number, limit: number): boolean {
  const end = start + length;
  return start >= 0 && length >= 0 && isEven(start) && (end === limit || (end < limit && isEven(end)));
}

function isEven(position: number): boolean {
  return (position >> 1) << 1 === position;
}
