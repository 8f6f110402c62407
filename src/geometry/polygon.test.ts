import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centroid, isInside, overlap, type Point, type Polygon, polygonFault } from './polygon.ts';

const square = (x: number, y: number, side: number): Polygon => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
];
const horseshoe: Polygon = [
  [0, 0],
  [9, 0],
  [9, 9],
  [6, 9],
  [6, 3],
  [3, 3],
  [3, 9],
  [0, 9],
];

describe('a polygon', () => {
  it('holds what is inside it, also where it bends inwards', () => {
    expect([isInside(horseshoe, 1, 8), isInside(horseshoe, 8, 8), isInside(horseshoe, 4.5, 1)]).toEqual([
      true,
      true,
      true,
    ]);
    expect([isInside(horseshoe, 4.5, 6), isInside(horseshoe, -1, 1), isInside(horseshoe, 4, 20)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('is one only with three corners, an area, and no edge across another', () => {
    expect(polygonFault(horseshoe)).toBeUndefined();
    expect(polygonFault([...horseshoe].reverse())).toBeUndefined();
    const bowTie: Polygon = [
      [0, 0],
      [1, 1],
      [1, 0],
      [0, 1],
    ];
    expect(polygonFault(bowTie)).toMatch('crosses itself');
    expect(polygonFault(square(0, 0, 1).slice(0, 2))).toMatch('three corners');
    const flat: Polygon = [
      [0, 0],
      [1, 1],
      [2, 2],
    ];
    expect(polygonFault(flat)).toBeDefined();
  });

  it('overlaps another when they share a part, or one lies in the other', () => {
    const near = fc.integer({ min: 0, max: 12 });
    fc.assert(
      fc.property(near, near, near, near, (x, y, otherX, otherY) => {
        const apart = Math.abs(x - otherX) > 3 || Math.abs(y - otherY) > 3;
        expect(overlap(square(x, y, 3), square(otherX, otherY, 3))).toBe(!apart);
      }),
    );
    expect(overlap(square(0, 0, 9), square(4, 4, 1))).toBe(true);
    expect(overlap(square(4, 4, 1), square(0, 0, 9))).toBe(true);
    expect(overlap(horseshoe, square(4, 5, 1))).toBe(false);
  });

  it('has its middle where it would balance', () => {
    const [x, y] = centroid(square(2, 4, 2)) as Point;
    expect([x, y]).toEqual([expect.closeTo(3), expect.closeTo(5)]);
    expect(centroid([...square(2, 4, 2)].reverse())).toEqual([expect.closeTo(3), expect.closeTo(5)]);
  });
});
