import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centroid, holds, isInside, overlap, type Point, type Polygon, polygonFault } from './polygon.ts';

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

  it('holds a line that never leaves it, also along its edge, and no other', () => {
    expect(
      [
        [
          [0, 0],
          [9, 0],
        ],
        [
          [0, 9],
          [0, 0],
          [9, 0],
          [9, 9],
        ],
        [
          [1, 8],
          [1, 1],
          [8, 1],
          [8, 8],
        ],
        [
          [3, 3],
          [6, 3],
        ],
        [[1, 1]],
        [],
      ].map((path) => holds(horseshoe, path as unknown as Point[])),
    ).toEqual([true, true, true, true, true, true]);
    expect(
      [
        [
          [1, 8],
          [8, 8],
        ],
        [
          [3, 9],
          [6, 9],
        ],
        [
          [1, 1],
          [10, 1],
        ],
        [
          [-1, 1],
          [10, 1],
        ],
        [[4.5, 6]],
        [
          [3, 3],
          [4.5, 3.1],
          [6, 3],
        ],
      ].map((path) => holds(horseshoe, path as unknown as Point[])),
    ).toEqual([false, false, false, false, false, false]);
  });

  it('holds what lies on a slanting edge, whatever numbers are rounded to', () => {
    const part = fc.integer({ min: 0, max: 100 }).map((hundredths) => hundredths / 100);
    fc.assert(
      fc.property(part, part, part, part, (x1, y1, x2, y2) => {
        fc.pre(Math.abs(x1 * y2 - x2 * y1) > 0.01);
        const triangle: Polygon = [
          [0, 0],
          [x1, y1],
          [x2, y2],
        ];
        const on = (share: number): Point => [x1 + share * (x2 - x1), y1 + share * (y2 - y1)];
        expect(holds(triangle, [on(0.1), on(0.3), on(0.7)])).toBe(true);
        expect(holds(triangle, [on(0.1), [x1 + x2, y1 + y2]])).toBe(false);
      }),
    );
  });

  it('has its middle where it would balance', () => {
    const [x, y] = centroid(square(2, 4, 2)) as Point;
    expect([x, y]).toEqual([expect.closeTo(3), expect.closeTo(5)]);
    expect(centroid([...square(2, 4, 2)].reverse())).toEqual([expect.closeTo(3), expect.closeTo(5)]);
  });
});
