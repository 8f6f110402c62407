import type { DoorwayAreas, DoorwayLine } from '../src/count/doorway.ts';
import type { I420Frame } from '../src/frame/i420.ts';
import { BLACK, GREEN, type Ink, Pen, RED, WHITE } from '../src/frame/pen.ts';
import { centroid, type Point, type Polygon } from '../src/geometry/polygon.ts';

const TOWARDS = { left: [-1, 0], right: [1, 0], above: [0, -1], below: [0, 1] } as const;

/**
 * Draws a grid of tenths with their numbers, the edge of the area that is seen in white, and the doorway: red, with a
 * green arrow for the way in.
 */
export function drawDoorway(frame: I420Frame, doorway: DoorwayLine | DoorwayAreas, area: Polygon = []): void {
  const { width, height } = frame.layout;
  const pen = new Pen(frame);
  const dot = Math.max(1, Math.round(height / 240));
  drawGrid(pen, width, height, dot);
  const at = ([x, y]: Point): Point => [x * width, y * height];
  const stroke = (from: Point, to: Point, ink: Ink): void => {
    pen.line(...at(from), ...at(to), 4 * dot, BLACK);
    pen.line(...at(from), ...at(to), 2 * dot, ink);
  };
  const outline = (corners: Polygon, ink: Ink): void => {
    for (const [index, corner] of corners.entries())
      stroke(corner, corners[(index + 1) % corners.length]!, ink);
  };
  outline(area, WHITE);
  if ('inArea' in doorway) {
    outline(doorway.outArea, RED);
    outline(doorway.inArea, GREEN);
    pen.arrow(...at(centroid(doorway.outArea)), ...at(centroid(doorway.inArea)), 2 * dot, GREEN);
  } else {
    const { from, to } = doorway;
    stroke(from, to, RED);
    const [x, y] = at([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]);
    const [wayX, wayY] = wayIn(at(from), at(to), TOWARDS[doorway.in]);
    const length = height / 6;
    pen.arrow(x, y, x + wayX * length, y + wayY * length, 2 * dot, GREEN);
  }
}

function drawGrid(pen: Pen, width: number, height: number, dot: number): void {
  for (let tenth = 1; tenth < 10; tenth++) {
    const [x, y] = [(tenth * width) / 10, (tenth * height) / 10];
    pen.rectangle(x, 0, 1, height, WHITE);
    pen.rectangle(0, y, width, 1, WHITE);
    pen.number(`0.${tenth}`, x + 2 * dot, 2 * dot, dot);
    pen.number(`0.${tenth}`, 2 * dot, y + 2 * dot, dot);
  }
}

/** At right angles to the line, to the side that is in. */
function wayIn([x1, y1]: Point, [x2, y2]: Point, [towardsX, towardsY]: readonly [number, number]): Point {
  const length = Math.hypot(x2 - x1, y2 - y1);
  const [x, y] = [(y2 - y1) / length, -(x2 - x1) / length];
  return x * towardsX + y * towardsY > 0 ? [x, y] : [-x, -y];
}
