import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Boxes } from './boxes.ts';
import { unite } from './unite.ts';

type Row = [left: number, top: number, right: number, bottom: number, score: number, countable: 0 | 1];

function boxesOf(rows: readonly Row[]): Boxes {
  const boxes = new Boxes(64);
  for (const row of rows) boxes.add(...row);
  return boxes;
}

function rowsOf({ left, top, right, bottom, score, countable, length }: Boxes): number[][] {
  return Array.from({ length }, (_, i) =>
    [left, top, right, bottom, score, countable].map((column) => column[i]!),
  );
}

describe('unite', () => {
  it('makes one face of what both models found, covered as far as either says, counted when either would', () => {
    const faces = boxesOf([
      [0, 0, 10, 10, 0.5, 0],
      [50, 0, 60, 10, 0.75, 1],
    ]);
    const more = boxesOf([
      [51, 1, 62, 9, 0.25, 0],
      [-2, 1, 9, 12, 0.625, 1],
      [90, 0, 99, 9, 0.375, 0],
    ]);
    unite(faces, more);
    expect(rowsOf(faces)).toEqual([
      [-2, 0, 10, 12, 0.625, 1],
      [50, 0, 62, 10, 0.75, 1],
      [90, 0, 99, 9, 0.375, 0],
    ]);
    expect(more.length).toBe(0);
  });

  it('joins a face to one other only', () => {
    const faces = boxesOf([[0, 0, 20, 10, 0.5, 1]]);
    unite(
      faces,
      boxesOf([
        [0, 0, 11, 10, 0.5, 1],
        [9, 0, 20, 10, 0.5, 1],
      ]),
    );
    expect(faces.length).toBe(2);
  });

  it('leaves nothing uncovered that either model would cover', () => {
    const side = fc.integer({ min: 1, max: 30 });
    const place = fc.integer({ min: 0, max: 60 });
    const row = fc
      .tuple(place, place, side, side)
      .map(([x, y, width, height]): Row => [x, y, x + width, y + height, 0.5, 1]);
    const rows = fc.array(row, { maxLength: 12 });
    fc.assert(
      fc.property(rows, rows, (first, second) => {
        const faces = boxesOf(first);
        unite(faces, boxesOf(second));
        for (const [left, top, right, bottom] of [...first, ...second]) {
          const covers = rowsOf(faces).some(
            ([l, t, r, b]) => l! <= left && t! <= top && r! >= right && b! >= bottom,
          );
          expect(covers).toBe(true);
        }
      }),
    );
  });
});
