import { describe, expect, it } from 'vitest';
import { intersectionOverUnion } from './box.ts';
import { DetectionList } from './detection-list.ts';

describe('the overlap of two boxes', () => {
  const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

  it('is 1 for the same box, 0 for boxes apart or touching, and a ratio of areas between', () => {
    expect(intersectionOverUnion(box(0, 0, 4, 4), box(0, 0, 4, 4))).toBe(1);
    expect(intersectionOverUnion(box(0, 0, 4, 4), box(4, 0, 4, 4))).toBe(0);
    expect(intersectionOverUnion(box(0, 0, 4, 4), box(2, 0, 4, 4))).toBeCloseTo(8 / 24);
  });

  it('is 0 for what is no box', () => {
    expect(intersectionOverUnion(box(0, 0, Number.NaN, 4), box(0, 0, 4, 4))).toBe(0);
    expect(intersectionOverUnion(box(0, 0, 0, 0), box(0, 0, 0, 0))).toBe(0);
  });
});

describe('the list of detections', () => {
  it('is read in another thread as it was written in one', () => {
    const memory = new SharedArrayBuffer(16 + DetectionList.BYTES);
    const written = new DetectionList(memory, 16);
    written.add(1, 2, 3, 4, 0.5, true);
    written.add(5, 6, 7, 8, 0.25, false);
    const read = new DetectionList(memory, 16);
    const box = { x: 0, y: 0, width: 0, height: 0 };
    read.readBox(1, box);
    expect([read.length, box, read.score(1), read.countable(0), read.countable(1)]).toEqual([
      2,
      { x: 5, y: 6, width: 7, height: 8 },
      0.25,
      true,
      false,
    ]);
  });

  it('says when it is full, and refuses what is not there', () => {
    const list = new DetectionList();
    for (let index = 0; index < DetectionList.CAPACITY; index++)
      expect(list.add(0, 0, 1, 1, 1, true)).toBe(true);
    expect(list.add(0, 0, 1, 1, 1, true)).toBe(false);
    expect(list.length).toBe(DetectionList.CAPACITY);
    list.clear();
    expect(() => list.score(0)).toThrow(RangeError);
  });
});
