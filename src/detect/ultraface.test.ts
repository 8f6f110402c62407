import { describe, expect, it } from 'vitest';
import { Boxes } from './boxes.ts';
import { Ultraface } from './ultraface.ts';

const WIDTH = 640;
const HEIGHT = 384;
const ANCHORS = 14100;

/** What the model says when it sees nothing, and a face at each of `anchors`. */
function output(anchors: readonly { index: number; logit: number; offsets?: readonly number[] }[]) {
  const cls = new Float32Array(2 * ANCHORS).map((_, i) => (i % 2 ? -4 : 4));
  const loc = new Float32Array(4 * ANCHORS);
  for (const { index, logit, offsets = [0, 0, 0, 0] } of anchors) {
    cls.set([1, 1 + logit], 2 * index);
    loc.set(offsets, 4 * index);
  }
  return { cls, loc };
}

function find(anchors: Parameters<typeof output>[0], threshold = 0.5): number[][] {
  const { cls, loc } = output(anchors);
  const faces = new Boxes(256);
  new Ultraface(WIDTH, HEIGHT, threshold).find(cls, loc, faces);
  return Array.from({ length: faces.length }, (_, i) =>
    [faces.left[i]!, faces.top[i]!, faces.right[i]!, faces.bottom[i]!, faces.score[i]!].map(
      (value) => Math.round(value * 1000) / 1000,
    ),
  );
}

describe('Ultraface', () => {
  it('has its anchors in the order of the feature maps, rows, columns and sizes', () => {
    const score = 0.881;
    expect(find([{ index: 0, logit: 2 }])).toEqual([[-1, -1, 9, 9, score]]);
    expect(find([{ index: 2, logit: 2 }])).toEqual([[-8, -8, 16, 16, score]]);
    expect(find([{ index: 3, logit: 2 }])).toEqual([[7, -1, 17, 9, score]]);
    expect(find([{ index: 80 * 3, logit: 2 }])).toEqual([[-1, 7, 9, 17, score]]);
    expect(find([{ index: 80 * 48 * 3, logit: 2 }])).toEqual([[-8, -8, 24, 24, score]]);
    expect(find([{ index: ANCHORS - 1, logit: 2 }])).toEqual([[480, 224, 736, 480, score]]);
  });

  it('moves and stretches an anchor by its offsets', () => {
    const [face] = find([{ index: ANCHORS - 1, logit: 0, offsets: [1, -1, 5, -5] }]);
    const halfWidth = 128 * Math.E;
    const halfHeight = 128 / Math.E;
    const expected = [633.6 - halfWidth, 326.4 - halfHeight, 633.6 + halfWidth, 326.4 + halfHeight, 0.5];
    face!.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 2);
    });
  });

  it('leaves out what is less sure than the threshold', () => {
    const logits = [
      { index: 0, logit: 1.1 },
      { index: 6000, logit: 1.2 },
    ];
    expect(find(logits, 0.76)).toHaveLength(1); // a score of 0.76 is a logit of 1.153
  });

  it('throws at anything that is not a number, so that the frame is covered whole', () => {
    for (const logit of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(() => find([{ index: 700, logit }])).toThrow('not a number');
    }
    expect(() => find([{ index: 700, logit: 3, offsets: [0, Number.NaN, 0, 0] }])).toThrow('not a number');
    expect(() => find([{ index: 700, logit: 3, offsets: [0, 0, 1e6, 0] }])).toThrow('not a number');
  });

  it('throws when there are more faces than a frame has room for', () => {
    const everywhere = Array.from({ length: 80 * 48 }, (_, i) => ({
      index: 3 * i,
      logit: 3,
      offsets: [0, 0, -9, -9],
    }));
    expect(() => find(everywhere)).toThrow('more than 256 faces');
  });

  it('looks at each frame anew', () => {
    const model = new Ultraface(WIDTH, HEIGHT, 0.5);
    const faces = new Boxes(256);
    const { cls, loc } = output([
      { index: 9, logit: Number.NaN },
      { index: 700, logit: 3 },
    ]);
    expect(() => model.find(cls, loc, faces)).toThrow();
    const nothing = output([]);
    model.find(nothing.cls, nothing.loc, faces);
    expect(faces.length).toBe(0);
  });
});
