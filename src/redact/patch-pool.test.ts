import { expect, test } from 'vitest';
import { I420Layout } from '../frame/i420.ts';
import { cover } from './cover.ts';
import { CoverPatch } from './cover-patch.ts';
import { PatchPool } from './patch-pool.ts';

const layout = new I420Layout(128, 96);

function frameOf(level: number) {
  const bytes = new Uint8Array(layout.byteLength);
  for (let index = 0; index < bytes.length; index++) bytes[index] = (level + index * 37) % 256;
  return layout.view(bytes);
}

test('a thousand frames of one track give no more than one patch', () => {
  const pool = new PatchPool();
  const region = { x: 10, y: 10, width: 60, height: 60 };
  const first = structuredClone(pool.patchOf(7, frameOf(0), region));
  const shown = new Set<string>();
  for (let index = 1; index <= 1000; index++) {
    const frame = frameOf(index);
    cover(frame, region, pool.patchOf(7, frame, region), 'mosaic');
    for (let row = 10; row < 70; row++)
      shown.add(frame.y.subarray(row * 128 + 10, row * 128 + 70).toString());
  }
  expect({ ...pool.patchOf(7, frameOf(9), region) }).toEqual(first);
  expect(shown.size).toBe(1);
});

test('a patch is wiped when its track ends, and its memory is used again', () => {
  const pool = new PatchPool();
  const region = { x: 0, y: 0, width: 64, height: 64 };
  const patch = pool.patchOf(1, frameOf(1), region);
  pool.end(1);
  expect(patch).toEqual(new CoverPatch());
  const next = pool.patchOf(2, frameOf(2), region);
  expect(next).toBe(patch);
  expect(next.columns).toBe(6);
});

test('ending a track twice, or one that never was, does no harm', () => {
  const pool = new PatchPool();
  const region = { x: 0, y: 0, width: 64, height: 64 };
  pool.patchOf(1, frameOf(1), region);
  pool.end(1);
  pool.end(1);
  pool.end(5);
  expect(pool.patchOf(2, frameOf(1), region)).not.toBe(pool.patchOf(3, frameOf(1), region));
});

test('when the sensor closes, every face is forgotten', () => {
  const pool = new PatchPool();
  const region = { x: 0, y: 0, width: 64, height: 64 };
  const patches = [1, 2, 3].map((track) => pool.patchOf(track, frameOf(track), region));
  pool.endAll();
  for (const patch of patches) expect(patch).toEqual(new CoverPatch());
});
