/** A box and its score, as `lintel detect --json` prints them. */
type Printed = readonly [x: number, y: number, width: number, height: number, score: number];

/** The largest difference between an edge of one and the same edge of the other, in pixels; infinite if they are not as many. */
export function furthestApart(some: readonly Printed[], others: readonly Printed[]): number {
  if (some.length !== others.length || some.length === 0) return Number.POSITIVE_INFINITY;
  return Math.max(
    ...some.flatMap((box, at) => edges(box).map((edge, side) => Math.abs(edge - edges(others[at]!)[side]!))),
  );
}

function edges([x, y, width, height]: Printed): number[] {
  return [x, y, x + width, y + height];
}
