import fc from 'fast-check';
import { expect, test } from 'vitest';
import { I420Layout } from '../frame/i420.ts';
import { isInside, type Polygon, polygonFault } from '../geometry/polygon.ts';
import { OutsideCover } from './outside-cover.ts';

const WHOLE: Polygon = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];
/** One of its edges goes through the middle of a pixel. */
const EDGE_ON_A_MIDDLE: Polygon = [
  [0.72, 0.23],
  [0.19, 0.76],
  [0, 0],
];
const layouts = fc
  .tuple(fc.integer({ min: 16, max: 61 }), fc.integer({ min: 16, max: 61 }), fc.nat(7))
  .map(([width, height, slack]) => new I420Layout(width, height, width + slack));
const fraction = fc.integer({ min: 0, max: 100 }).map((part) => part / 100);
const areas = fc
  .array(fc.tuple(fraction, fraction), { minLength: 3, maxLength: 6 })
  .filter((area) => polygonFault(area) === undefined);

test('what lies outside the area is one colour, and what lies inside is as it was, at odd sizes and strides too', () => {
  fc.assert(
    fc.property(layouts, areas, (layout, area) => {
      const { width, height, lumaStride, chromaStride } = layout;
      const frame = layout.view(new Uint8Array(layout.byteLength).fill(77));
      new OutsideCover(area, layout).cover(frame);
      const isIn = (x: number, y: number): boolean =>
        x >= width || y >= height || isInside(area, (x + 0.5) / width, (y + 0.5) / height);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < lumaStride; x++) {
          const kept = x < width && isIn(x, y);
          expect(frame.y[y * lumaStride + x], `luma ${x},${y}`).toBe(kept ? 77 : 16);
        }
      }
      for (let y = 0; y < layout.chromaHeight; y++) {
        for (let x = 0; x < chromaStride; x++) {
          const whole =
            isIn(2 * x, 2 * y) &&
            isIn(2 * x + 1, 2 * y) &&
            isIn(2 * x, 2 * y + 1) &&
            isIn(2 * x + 1, 2 * y + 1);
          const expected = x < layout.chromaWidth && whole ? 77 : 128;
          expect([frame.u[y * chromaStride + x], frame.v[y * chromaStride + x]], `chroma ${x},${y}`).toEqual([
            expected,
            expected,
          ]);
        }
      }
    }),
    { numRuns: 60, examples: [[new I420Layout(60, 36, 60), EDGE_ON_A_MIDDLE]] },
  );
});

test('an area that is the whole picture covers no pixel', () => {
  fc.assert(
    fc.property(layouts, (layout) => {
      const frame = layout.view(new Uint8Array(layout.byteLength).fill(77));
      new OutsideCover(WHOLE, layout).cover(frame);
      for (let y = 0; y < layout.height; y++) {
        const row = frame.y.subarray(y * layout.lumaStride, y * layout.lumaStride + layout.width);
        expect(row.every((luma) => luma === 77)).toBe(true);
      }
    }),
  );
});
