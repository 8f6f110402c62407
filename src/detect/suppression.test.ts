import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Boxes } from './boxes.ts';
import { keepBest, mergeOverlapping } from './suppression.ts';

type Row = [left: number, top: number, width: number, height: number, score: number];

function boxesOf(rows: readonly Row[]): Boxes {
  const boxes = new Boxes(256);
  for (const [left, top, width, height, score] of rows)
    boxes.add(left, top, left + width, top + height, score);
  return boxes;
}

function rowsOf(boxes: Boxes): number[][] {
  return Array.from({ length: boxes.length }, (_, i) => [
    boxes.left[i]!,
    boxes.top[i]!,
    boxes.right[i]! - boxes.left[i]!,
    boxes.bottom[i]! - boxes.top[i]!,
    boxes.score[i]!,
  ]);
}

const row = fc.tuple(
  fc.integer({ min: 0, max: 60 }),
  fc.integer({ min: 0, max: 60 }),
  fc.integer({ min: 0, max: 40 }),
  fc.integer({ min: 0, max: 40 }),
  fc.integer({ min: 1, max: 16 }).map((score) => score / 16),
);

describe('keepBest', () => {
  it('keeps the better of two boxes of one face, and both of two faces', () => {
    const faces = new Boxes(8);
    keepBest(
      boxesOf([
        [0, 0, 10, 10, 0.5],
        [1, 0, 10, 10, 0.75],
        [20, 0, 10, 10, 0.25],
      ]),
      0.4,
      faces,
    );
    expect(rowsOf(faces)).toEqual([
      [1, 0, 10, 10, 0.75],
      [20, 0, 10, 10, 0.25],
    ]);
  });

  it('leaves no two that overlap too much, and drops none that overlaps nothing better', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        const all = boxesOf(rows);
        const candidates = boxesOf(rows);
        const faces = new Boxes(40);
        keepBest(candidates, 0.4, faces);
        expect(candidates.length).toBe(0);
        const overlap = (boxes: Boxes, i: number, j: number) =>
          boxes.overlap(i, faces.left[j]!, faces.top[j]!, faces.right[j]!, faces.bottom[j]!);
        for (let i = 0; i < faces.length; i++) {
          for (let j = 0; j < i; j++) expect(overlap(faces, i, j)).toBeLessThanOrEqual(0.4);
        }
        for (let i = 0; i < all.length; i++) {
          const reasons = rowsOf(faces).filter(
            (face, j) => `${face}` === `${rows[i]}` || (overlap(all, i, j) > 0.4 && face[4]! >= rows[i]![4]),
          );
          expect(reasons.length).toBeGreaterThan(0);
        }
      }),
    );
  });
});

describe('mergeOverlapping', () => {
  it('gives the mean of the boxes of one face by their scores, and the best score', () => {
    const faces = new Boxes(8);
    mergeOverlapping(
      boxesOf([
        [0, 0, 8, 8, 0.25],
        [4, 0, 8, 8, 0.75],
        [40, 0, 8, 8, 0.5],
      ]),
      0.3,
      faces,
    );
    expect(rowsOf(faces)).toEqual([
      [3, 0, 8, 8, 0.75],
      [40, 0, 8, 8, 0.5],
    ]);
  });

  it('ends for any boxes, and gives no more than there were', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        const faces = new Boxes(40);
        mergeOverlapping(boxesOf(rows), 0.3, faces);
        expect(faces.length).toBeLessThanOrEqual(rows.length);
        for (const [, , , , score] of rowsOf(faces)) expect(rows.map((one) => one[4])).toContain(score);
      }),
    );
  });
});

describe('Boxes', () => {
  it('refuses more boxes than there is room for, since the rest would go uncovered', () => {
    const faces = new Boxes(1);
    expect(() =>
      keepBest(
        boxesOf([
          [0, 0, 1, 1, 0.5],
          [9, 0, 1, 1, 0.5],
        ]),
        0.4,
        faces,
      ),
    ).toThrow('more than 1 faces');
  });
});
