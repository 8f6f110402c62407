import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type I420Frame, I420Layout } from '../frame/i420.ts';
import { COVER_STYLES, cover, coverWhole } from './cover.ts';
import { CoverPatch, takePatch } from './cover-patch.ts';
import { coverRegion, type Region } from './region.ts';

/** A frame of noise, the bytes between its rows included. */
function noise(layout: I420Layout, seed: number): I420Frame & { bytes: Buffer } {
  const bytes = createHash('shake256', { outputLength: layout.byteLength }).update(`${seed}`).digest();
  return { bytes, ...layout.view(bytes) };
}

/** Odd and even sizes, rows with and without padding. */
const layouts = fc
  .record({
    width: fc.integer({ min: 16, max: 130 }),
    height: fc.integer({ min: 16, max: 130 }),
    padding: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ width, height, padding }) => new I420Layout(width, height, width + padding));

/** Boxes of every size at and across every edge, at odd and broken offsets. */
const boxes = fc.record({
  x: fc.double({ min: -60, max: 140, noNaN: true }),
  y: fc.double({ min: -60, max: 140, noNaN: true }),
  width: fc.double({ min: 0.5, max: 120, noNaN: true }),
  height: fc.double({ min: 0.5, max: 120, noNaN: true }),
});

const cases = fc.record({
  layout: layouts,
  box: boxes,
  before: boxes,
  style: fc.constantFrom(...COVER_STYLES),
  seeds: fc.tuple(fc.integer(), fc.integer()),
});

function regionOf(box: { x: number; y: number; width: number; height: number }, layout: I420Layout): Region {
  const region = { x: 0, y: 0, width: 0, height: 0 };
  coverRegion(box, layout, region);
  return region;
}

function patchOf(frame: I420Frame, region: Region): CoverPatch {
  const patch = new CoverPatch();
  takePatch(frame, region, patch);
  return patch;
}

/** The frame's bytes with a zero for everything that is not inside the region, or not outside of it. */
function only(part: 'inside' | 'outside', frame: I420Frame, region: Region): Buffer {
  const { layout } = frame;
  const copy = Buffer.concat([frame.y, frame.u, frame.v]);
  const { y, u, v } = layout.view(copy);
  const keep = (plane: Uint8Array, stride: number, step: number) => {
    for (let at = 0; at < plane.length; at++) {
      const x = (at % stride) * step - region.x;
      const down = Math.floor(at / stride) * step - region.y;
      const inside = x >= 0 && x < region.width && down >= 0 && down < region.height;
      if (inside !== (part === 'inside')) plane[at] = 0;
    }
  };
  keep(y, layout.lumaStride, 1);
  keep(u, layout.chromaStride, 2);
  keep(v, layout.chromaStride, 2);
  return copy;
}

test('what is inside a cover depends on the patch alone, whatever lay there before', () => {
  fc.assert(
    fc.property(cases, ({ layout, box, before, style, seeds }) => {
      const [one, other] = [noise(layout, seeds[0]), noise(layout, seeds[1])];
      const patch = patchOf(one, regionOf(before, layout));
      const region = regionOf(box, layout);
      cover(one, region, patch, style);
      cover(other, region, patch, style);
      expect(only('inside', one, region).equals(only('inside', other, region))).toBe(true);
    }),
  );
});

test('nothing outside the region changes in any plane, nor between the rows', () => {
  fc.assert(
    fc.property(cases, ({ layout, box, style, seeds }) => {
      const frame = noise(layout, seeds[0]);
      const region = regionOf(box, layout);
      const before = only('outside', frame, region);
      cover(frame, region, patchOf(frame, region), style);
      expect(only('outside', frame, region).equals(before)).toBe(true);
    }),
  );
});

test('every sample of a cover lies within the range of the patch, from the smallest region to the largest', () => {
  const frame = noise(new I420Layout(4096, 16), 1);
  const cells = fc.integer({ min: 1, max: 6 });
  const level = fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 1, 254, 255));
  const width = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 2048 }));
  const styles = fc.constantFrom('blur' as const, 'mosaic' as const);
  const levels = fc.array(level, { minLength: 36, maxLength: 36 });
  fc.assert(
    fc.property(levels, cells, cells, width, styles, (values, columns, rows, pairs, style) => {
      const patch = Object.assign(new CoverPatch(), { columns, rows });
      patch.luma.set(values);
      const used = values.slice(0, columns * rows);
      cover(frame, { x: 0, y: 0, width: 2 * pairs, height: 16 }, patch, style);
      const shown = frame.y.subarray(0, 2 * pairs);
      expect(Math.min(...shown)).toBeGreaterThanOrEqual(Math.min(...used));
      expect(Math.max(...shown)).toBeLessThanOrEqual(Math.max(...used));
    }),
    { numRuns: 500 },
  );
});

test('the hardest change of cells does not overflow, however narrow or wide they are drawn', () => {
  const frame = noise(new I420Layout(4096, 16), 1);
  for (const values of [
    [0, 255],
    [255, 0],
    [0, 0, 255, 255],
    [255, 255, 0, 255],
  ]) {
    const patch = Object.assign(new CoverPatch(), { columns: values.length, rows: 1 });
    patch.luma.set(values);
    for (const width of [2, 4, 6, 8, 10, 12, 14, 30, 4096]) {
      cover(frame, { x: 0, y: 0, width, height: 16 }, patch, 'blur');
      const shown = frame.y.subarray(0, width);
      const jump = shown.reduce(
        (most, value, at) => Math.max(most, at && Math.abs(value - shown[at - 1]!)),
        0,
      );
      expect(jump).toBeLessThanOrEqual(Math.ceil((255 * values.length) / width) + 1);
    }
  }
});

test('a mosaic shows each cell of the patch as one block, in luma and chroma at the same place', () => {
  const frame = noise(new I420Layout(96, 96), 5);
  const region = { x: 0, y: 0, width: 96, height: 96 };
  const patch = patchOf(frame, region);
  cover(frame, region, patch, 'mosaic');
  const expected = noise(frame.layout, 6);
  for (let y = 0; y < 96; y++) {
    for (let x = 0; x < 96; x++) {
      const cell = Math.floor(y / 16) * 6 + Math.floor(x / 16);
      const chroma = (y >> 1) * 48 + (x >> 1);
      expected.y[y * 96 + x] = patch.luma[cell]!;
      expected.u[chroma] = patch.u[cell]!;
      expected.v[chroma] = patch.v[cell]!;
    }
  }
  expect(frame.bytes.equals(expected.bytes)).toBe(true);
});

test('a blur has no step larger than its cells ask for', () => {
  const frame = noise(new I420Layout(192, 192), 5);
  const patch = Object.assign(new CoverPatch(), { columns: 6, rows: 6 });
  for (let cell = 0; cell < 36; cell++) patch.luma[cell] = (cell + Math.floor(cell / 6)) % 2 === 0 ? 16 : 235;
  cover(frame, { x: 0, y: 0, width: 192, height: 192 }, patch, 'blur');
  // Cells of 32 pixels that differ by 219: 7 levels a pixel across, and four rows at once downwards.
  let [across, down] = [0, 0];
  for (let y = 1; y < 192; y++) {
    for (let x = 1; x < 192; x++) {
      const at = y * 192 + x;
      across = Math.max(across, Math.abs(frame.y[at]! - frame.y[at - 1]!));
      down = Math.max(down, Math.abs(frame.y[at]! - frame.y[at - 192]!));
    }
  }
  expect(across).toBeLessThanOrEqual(8);
  expect(down).toBeLessThanOrEqual(4 * 7 + 1);
});

test('solid, and an empty patch in any style, is one grey that tells nothing', () => {
  const layout = new I420Layout(64, 64);
  const region = { x: 8, y: 8, width: 40, height: 40 };
  const taken = patchOf(noise(layout, 3), region);
  for (const style of COVER_STYLES) {
    const frame = noise(layout, 4);
    cover(frame, region, style === 'solid' ? taken : new CoverPatch(), style);
    const inside = only('inside', frame, region);
    const grey = noise(layout, 4);
    coverWhole(grey);
    expect(inside.equals(only('inside', grey, region))).toBe(true);
  }
});

test('a region that does not fit the frame is refused before a byte is written', () => {
  const frame = noise(new I420Layout(64, 64), 3);
  const before = frame.bytes.slice();
  for (const region of [
    { x: 1, y: 0, width: 8, height: 8 },
    { x: 0, y: 60, width: 8, height: 8 },
    { x: 0, y: 0, width: Number.NaN, height: 8 },
  ]) {
    expect(() => cover(frame, region, new CoverPatch(), 'blur')).toThrow(RangeError);
  }
  expect(frame.bytes).toEqual(before);
});

test('a frame that is covered whole keeps no byte of the picture, not even between its rows', () => {
  fc.assert(
    fc.property(layouts, fc.integer(), (layout, seed) => {
      const frame = noise(layout, seed);
      coverWhole(frame);
      expect([new Set(frame.y), new Set(frame.u), new Set(frame.v)]).toEqual([
        new Set([126]),
        new Set([128]),
        new Set([128]),
      ]);
    }),
  );
});
