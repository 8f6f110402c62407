import { describe, expect, it } from 'vitest';
import { Boxes } from './boxes.ts';
import { MediapipeFull } from './mediapipe-full.ts';

const PLACES = 16 * 8;

function find(places: readonly { index: number; logit: number; box: readonly number[] }[], threshold = 0.5) {
  const cls = new Float32Array(PLACES).fill(-10);
  const loc = new Float32Array(4 * PLACES);
  for (const { index, logit, box } of places) {
    cls[index] = logit;
    loc.set(box, 4 * index);
  }
  const faces = new Boxes(256);
  new MediapipeFull(64, 32, threshold).find(cls, loc, faces);
  return Array.from({ length: faces.length }, (_, i) => [
    faces.left[i]!,
    faces.top[i]!,
    faces.right[i]!,
    faces.bottom[i]!,
  ]);
}

describe('MediapipeFull', () => {
  it('has one box for every 4 by 4 pixels, row by row, and enlarges it by 28 percent around its centre', () => {
    const [face] = find([{ index: 16 + 2, logit: 2, box: [3, -1, 10, 20] }]);
    [13 - 6.4, 5 - 12.8, 13 + 6.4, 5 + 12.8].forEach((value, i) => {
      expect(face![i]).toBeCloseTo(value, 4);
    });
  });

  it('merges the boxes of neighbouring places into one face', () => {
    const one = { logit: 2, box: [0, 0, 10, 10] };
    expect(
      find([
        { index: 33, ...one },
        { index: 34, ...one },
        { index: 44, ...one },
      ]),
    ).toHaveLength(2);
  });

  it('leaves out what is less sure than the threshold, and boxes without area', () => {
    const box = [0, 0, 8, 8];
    expect(find([{ index: 3, logit: -1.2, box }], 0.25)).toHaveLength(0); // 0.25 is a logit of -1.099
    expect(find([{ index: 3, logit: -1, box }], 0.25)).toHaveLength(1);
    expect(find([{ index: 3, logit: 5, box: [0, 0, -8, 8] }])).toHaveLength(0);
  });

  it('throws at anything that is not a number, so that the frame is covered whole', () => {
    for (const logit of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(() => find([{ index: 3, logit, box: [0, 0, 8, 8] }])).toThrow('not a number');
    }
    expect(() => find([{ index: 3, logit: 2, box: [0, 0, Number.NaN, 8] }])).toThrow('not a number');
  });
});
