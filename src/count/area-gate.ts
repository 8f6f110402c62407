import { centroid, isInside, overlap, type Point, type Polygon, polygonFault } from '../geometry/polygon.ts';
import { LintelError } from '../lintel-error.ts';
import type { Gate } from './gate.ts';

/** Two areas, with corners as fractions of the frame's width and height: who goes from one to the other has gone through. */
export interface DoorwayAreas {
  readonly inArea: Polygon;
  readonly outArea: Polygon;
}

/** Two areas, and between them a stretch that is neither, in which anybody may stand. Each may be of any shape. */
export class AreaGate implements Gate {
  readonly #in: Polygon;
  readonly #out: Polygon;
  /** The middle of the outer area, and the direction from there to that of the inner one. */
  readonly #from: Point;
  readonly #wayX: number;
  readonly #wayY: number;

  /** @throws LintelError DOORWAY when an area is none, or has a part in common with the other */
  constructor({ inArea, outArea }: DoorwayAreas, frameWidth: number, frameHeight: number) {
    for (const [name, area] of [
      ['in', inArea],
      ['out', outArea],
    ] as const) {
      const fault = polygonFault(area);
      if (fault) throw new LintelError('DOORWAY', `the doorway's ${name} area ${fault}`);
    }
    if (overlap(inArea, outArea)) {
      throw new LintelError('DOORWAY', "the doorway's areas overlap: leave a gap between them");
    }
    const pixels = (area: Polygon): Polygon => area.map(([x, y]) => [x * frameWidth, y * frameHeight]);
    this.#in = pixels(inArea);
    this.#out = pixels(outArea);
    this.#from = centroid(this.#out);
    const [x, y] = centroid(this.#in);
    const length = Math.hypot(x - this.#from[0], y - this.#from[1]) || 1;
    this.#wayX = (x - this.#from[0]) / length;
    this.#wayY = (y - this.#from[1]) / length;
  }

  side(x: number, y: number): number {
    return isInside(this.#in, x, y) ? 1 : isInside(this.#out, x, y) ? -1 : 0;
  }

  depth(x: number, y: number): number {
    return (x - this.#from[0]) * this.#wayX + (y - this.#from[1]) * this.#wayY;
  }

  /** Every way from one area to the other leads through. */
  leadsThrough(): boolean {
    return true;
  }
}
