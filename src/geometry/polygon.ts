export type Point = readonly [x: number, y: number];

/** Of fractions of a picture: less than any pixel. */
const ROUNDING = 1e-9;

/** Its corners in order, either way round; the last is joined to the first. */
export type Polygon = readonly Point[];

/** Whether the point lies inside, by the edges that a ray to the right crosses: odd means inside. */
export function isInside(polygon: Polygon, x: number, y: number): boolean {
  let inside = false;
  for (let index = 0, last = polygon.length - 1; index < polygon.length; last = index++) {
    const [x1, y1] = polygon[index]!;
    const [x2, y2] = polygon[last]!;
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
  }
  return inside;
}

/** @returns what keeps this from being an area, in words, or undefined */
export function polygonFault(polygon: Polygon): string | undefined {
  if (polygon.length < 3) return 'has fewer than three corners';
  const edges = edgesOf(polygon);
  for (const [index, edge] of edges.entries()) {
    // Neighbours share a corner.
    const others = edges.slice(index + 2, index === 0 ? -1 : undefined);
    if (others.some((other) => cross(edge, other))) return 'crosses itself: give its corners in order';
  }
  return Math.abs(signedArea(polygon)) > 0 ? undefined : 'has no area';
}

/** Whether two polygons have any part in common. */
export function overlap(one: Polygon, other: Polygon): boolean {
  const edges = edgesOf(other);
  return (
    edgesOf(one).some((edge) => edges.some((otherEdge) => cross(edge, otherEdge))) ||
    isInside(one, ...other[0]!) ||
    isInside(other, ...one[0]!)
  );
}

/** Whether a line from point to point lies within the area, its edge included. */
export function holds(area: Polygon, path: readonly Point[]): boolean {
  return path.every((from, index) => {
    const to = path[index + 1] ?? from;
    const ways = [0, 1];
    for (const edge of edgesOf(area)) ways.push(meeting([from, to], edge));
    ways.sort((a, b) => a - b);
    // Between two places where it meets an edge it is all inside, or all outside.
    return ways.every((way, at) => {
      const middle = (way + (ways[at + 1] ?? way)) / 2;
      const [x, y] = [from[0] + middle * (to[0] - from[0]), from[1] + middle * (to[1] - from[1])];
      return isInside(area, x, y) || edgesOf(area).some((edge) => isOn(edge, x, y));
    });
  });
}

/** The middle of the area. */
export function centroid(polygon: Polygon): Point {
  let x = 0;
  let y = 0;
  for (const [[x1, y1], [x2, y2]] of edgesOf(polygon)) {
    x += (x1 + x2) * (x1 * y2 - x2 * y1);
    y += (y1 + y2) * (x1 * y2 - x2 * y1);
  }
  const sixfold = 6 * signedArea(polygon);
  return [x / sixfold, y / sixfold];
}

function signedArea(polygon: Polygon): number {
  return edgesOf(polygon).reduce((sum, [[x1, y1], [x2, y2]]) => sum + (x1 * y2 - x2 * y1) / 2, 0);
}

type Edge = readonly [Point, Point];

function edgesOf(polygon: Polygon): Edge[] {
  return polygon.map((corner, index) => [corner, polygon[(index + 1) % polygon.length]!] as const);
}

/** Whether two edges have a point in common. */
function cross([a, b]: Edge, [c, d]: Edge): boolean {
  const [one, two, three, four] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
  if (one * two < 0 && three * four < 0) return true;
  return (
    (one === 0 && isBetween(a, b, c)) ||
    (two === 0 && isBetween(a, b, d)) ||
    (three === 0 && isBetween(c, d, a)) ||
    (four === 0 && isBetween(c, d, b))
  );
}

/** How far along `a` to `b`, from 0 to 1, the line through `c` and `d` is met; 0 when it is not. */
function meeting([a, b]: Edge, [c, d]: Edge): number {
  const [from, to] = [turn(c, d, a), turn(c, d, b)];
  return from * to < 0 ? from / (from - to) : 0;
}

function isOn([[x1, y1], [x2, y2]]: Edge, x: number, y: number): boolean {
  return Math.hypot(x - x1, y - y1) + Math.hypot(x - x2, y - y2) < Math.hypot(x1 - x2, y1 - y2) + ROUNDING;
}

/** Above 0 when the way from a over b to c turns one way, below 0 the other, 0 straight on. */
function turn([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number {
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
}

function isBetween([ax, ay]: Point, [bx, by]: Point, [x, y]: Point): boolean {
  return Math.min(ax, bx) <= x && x <= Math.max(ax, bx) && Math.min(ay, by) <= y && y <= Math.max(ay, by);
}
