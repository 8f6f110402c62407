/** An axis-aligned box in frame pixels. `x`, `y` is the top left corner; parts of it may lie outside the frame. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Shared area over joint area, 0 (apart) to 1 (the same box). Empty boxes overlap nothing. */
export function intersectionOverUnion(a: Readonly<Box>, b: Readonly<Box>): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (!(width > 0 && height > 0)) return 0;
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
}
