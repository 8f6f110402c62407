import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { I420Layout } from '../frame/i420.ts';
import { CoverPatch, MOST_CELLS, takePatch } from './cover-patch.ts';

const layout = new I420Layout(200, 160, 208);
const sides = fc.integer({ min: 4, max: 13 }).map((pairs) => 2 * pairs);

function patchOf(
  bytes: Uint8Array,
  region: { x: number; y: number; width: number; height: number },
): CoverPatch {
  const patch = new CoverPatch();
  takePatch(layout.view(bytes), region, patch);
  return patch;
}

test('a patch depends on the means of its cells alone: pixels may change places within a cell', () => {
  fc.assert(
    fc.property(fc.integer(), sides, sides, fc.integer(), (seed, cellWidth, cellHeight, turn) => {
      const original = noise(seed);
      const region = { x: 20, y: 2, width: 6 * cellWidth, height: 6 * cellHeight };
      const mixed = Uint8Array.from(original);
      const { y, u, v } = layout.view(mixed);
      for (let row = 0; row < 6; row++) {
        for (let column = 0; column < 6; column++) {
          const x = region.x + column * cellWidth;
          const top = region.y + row * cellHeight;
          rotate(y, layout.lumaStride, x, top, cellWidth, cellHeight, turn);
          rotate(u, layout.chromaStride, x / 2, top / 2, cellWidth / 2, cellHeight / 2, turn);
          rotate(v, layout.chromaStride, x / 2, top / 2, cellWidth / 2, cellHeight / 2, turn);
        }
      }
      expect(patchOf(mixed, region)).toEqual(patchOf(original, region));
    }),
    { numRuns: 30 },
  );
});

test('a patch is the same whatever lies outside its region', () => {
  const region = { x: 36, y: 20, width: 70, height: 94 };
  const dark = new Uint8Array(layout.byteLength);
  const bright = new Uint8Array(layout.byteLength).fill(255);
  for (const bytes of [dark, bright]) {
    const { y, u, v } = layout.view(bytes);
    fill(y, layout.lumaStride, 36, 20, 70, 94);
    fill(u, layout.chromaStride, 18, 10, 35, 47);
    fill(v, layout.chromaStride, 18, 10, 35, 47);
  }
  expect(patchOf(dark, region)).toEqual(patchOf(bright, region));
});

test('a cell holds the mean of its luma and of its chroma', () => {
  const bytes = new Uint8Array(layout.byteLength);
  const { y, u, v } = layout.view(bytes);
  for (let row = 0; row < 48; row++) {
    for (let x = 0; x < 48; x++) y[row * layout.lumaStride + x] = x < 8 ? (x % 2) * 100 : 200;
  }
  for (let row = 0; row < 24; row++) u.fill(90, row * layout.chromaStride, row * layout.chromaStride + 4);
  v.fill(33);
  const patch = patchOf(bytes, { x: 0, y: 0, width: 48, height: 48 });
  expect([patch.columns, patch.rows]).toEqual([6, 6]);
  expect([...patch.luma.subarray(0, 6)]).toEqual([50, 200, 200, 200, 200, 200]);
  expect([...patch.u.subarray(0, 6)]).toEqual([90, 0, 0, 0, 0, 0]);
  expect(new Set(patch.v)).toEqual(new Set([33]));
});

test('there are never more than six by six cells, and none is under eight pixels unless the region is', () => {
  const bytes = new Uint8Array(layout.byteLength).fill(77);
  for (let width = 0; width <= 200; width += 2) {
    for (const height of [2, 10, 26, 160]) {
      const patch = patchOf(bytes, { x: 0, y: 0, width, height });
      expect(patch.columns).toBe(width === 0 ? 0 : Math.min(MOST_CELLS, Math.max(1, Math.floor(width / 8))));
      expect(new Set(patch.luma.subarray(0, patch.columns * patch.rows)).size).toBe(width === 0 ? 0 : 1);
    }
  }
});

test('a wiped patch, and one taken of an empty region, hold nothing', () => {
  const bytes = new Uint8Array(layout.byteLength).fill(77);
  const patch = patchOf(bytes, { x: 0, y: 0, width: 100, height: 100 });
  expect(patch.luma.some((value) => value !== 0)).toBe(true);
  patch.wipe();
  expect(patch).toEqual(new CoverPatch());
  takePatch(layout.view(bytes), { x: 0, y: 0, width: 100, height: 100 }, patch);
  takePatch(layout.view(bytes), { x: 40, y: 40, width: 0, height: 100 }, patch);
  expect(patch).toEqual(new CoverPatch());
});

function noise(seed: number): Uint8Array {
  return createHash('shake256', { outputLength: layout.byteLength }).update(`${seed}`).digest();
}

/** Moves the samples of a rectangle along by `turn` places in reading order. */
function rotate(
  plane: Uint8Array,
  stride: number,
  x: number,
  y: number,
  width: number,
  height: number,
  turn: number,
): void {
  const places = Array.from(
    { length: width * height },
    (_, index) => (y + Math.floor(index / width)) * stride + x + (index % width),
  );
  const values = places.map((place) => plane[place]!);
  const by = Math.abs(turn) % values.length;
  for (const [index, place] of places.entries()) plane[place] = values[(index + by) % values.length]!;
}

function fill(plane: Uint8Array, stride: number, x: number, y: number, width: number, height: number): void {
  for (let row = y; row < y + height; row++) {
    for (let column = x; column < x + width; column++) {
      plane[row * stride + column] = (row * 31 + column * 7) % 256;
    }
  }
}
