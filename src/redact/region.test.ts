import fc from 'fast-check';
import { expect, test } from 'vitest';
import { I420Layout } from '../frame/i420.ts';
import { checkRegion, coverRegion, type Region } from './region.ts';

const layouts = fc
  .record({ width: fc.integer({ min: 16, max: 400 }), height: fc.integer({ min: 16, max: 400 }) })
  .map(({ width, height }) => new I420Layout(width, height));

function regionOf(box: { x: number; y: number; width: number; height: number }, layout: I420Layout): Region {
  const region = { x: -1, y: -1, width: -1, height: -1 };
  coverRegion(box, layout, region);
  return region;
}

test('a region holds the box and a margin around it, more above than elsewhere', () => {
  const region = regionOf({ x: 300, y: 200, width: 100, height: 130 }, new I420Layout(1280, 720));
  expect(region).toEqual({ x: 270, y: 148, width: 160, height: 222 });
});

test('whatever the box, the region lies inside the frame and shares no chroma sample with the outside', () => {
  const anything = fc.oneof(fc.double(), fc.double({ min: -500, max: 900 }), fc.integer());
  const boxes = fc.record({ x: anything, y: anything, width: anything, height: anything });
  fc.assert(
    fc.property(boxes, layouts, (box, layout) => {
      const region = regionOf(box, layout);
      for (const value of Object.values(region)) expect(Number.isInteger(value)).toBe(true);
      expect(() => checkRegion(region, layout)).not.toThrow();
    }),
  );
});

test('every pixel of a box that is inside the frame is inside its region', () => {
  const side = fc.double({ min: 0.01, max: 300, noNaN: true });
  const place = fc.double({ min: -300, max: 500, noNaN: true });
  const boxes = fc.record({ x: place, y: place, width: side, height: side });
  fc.assert(
    fc.property(boxes, layouts, (box, layout) => {
      const region = regionOf(box, layout);
      const inFrame = { left: Math.max(0, box.x), right: Math.min(layout.width, box.x + box.width) };
      const down = { top: Math.max(0, box.y), bottom: Math.min(layout.height, box.y + box.height) };
      fc.pre(inFrame.left < inFrame.right && down.top < down.bottom);
      expect(region.x).toBeLessThanOrEqual(inFrame.left);
      expect(region.x + region.width).toBeGreaterThanOrEqual(inFrame.right);
      expect(region.y).toBeLessThanOrEqual(down.top);
      expect(region.y + region.height).toBeGreaterThanOrEqual(down.bottom);
    }),
  );
});

test('a box that is no box covers the whole frame', () => {
  const layout = new I420Layout(641, 361);
  const whole = { x: 0, y: 0, width: 641, height: 361 };
  const good = { x: 10, y: 10, width: 50, height: 50 };
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    for (const key of ['x', 'y', 'width', 'height'] as const) {
      expect(regionOf({ ...good, [key]: bad }, layout)).toEqual(whole);
    }
  }
  for (const size of [0, -1, -Number.MAX_VALUE]) {
    expect(regionOf({ ...good, width: size }, layout)).toEqual(whole);
    expect(regionOf({ ...good, height: size }, layout)).toEqual(whole);
  }
  const most = Number.MAX_VALUE;
  expect(regionOf({ x: -most, y: -most, width: most, height: most }, layout)).toEqual(whole);
});

test('a box far outside the frame has an empty region', () => {
  const layout = new I420Layout(640, 360);
  const outside = [
    { x: -200, y: 100, width: 50, height: 50 },
    { x: 900, y: 100, width: 50, height: 50 },
    { x: 100, y: -200, width: 50, height: 50 },
    { x: 100, y: 1e300, width: 50, height: 50 },
  ];
  for (const box of outside) {
    const region = regionOf(box, layout);
    expect(region.width * region.height).toBe(0);
  }
});

test('a region that is odd, broken or beyond the frame is refused', () => {
  const layout = new I420Layout(641, 361);
  const good = { x: 10, y: 10, width: 50, height: 50 };
  expect(() => checkRegion(good, layout)).not.toThrow();
  expect(() => checkRegion({ x: 640, y: 360, width: 1, height: 1 }, layout)).not.toThrow();
  const wrong = [
    { x: 11 },
    { y: 9 },
    { width: 51 },
    { height: 7 },
    { x: -2 },
    { x: 600 },
    { y: 2.5 },
    { width: -2 },
  ];
  for (const part of [...wrong, { x: Number.NaN }, { height: Number.NaN }]) {
    expect(() => checkRegion({ ...good, ...part }, layout)).toThrow(RangeError);
  }
});
