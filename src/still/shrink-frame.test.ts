import { expect, it } from 'vitest';
import { I420Layout } from '../frame/i420.ts';
import { rgbaOf } from './rgba.ts';
import { FrameShrinker, stillSize } from './shrink-frame.ts';

it.each([
  [1280, 720, 0, 640, 360],
  [1281, 721, 0, 426, 240],
  [4096, 3072, 8, 584, 438],
  [641, 479, 3, 320, 238],
  [320, 240, 0, 320, 240],
  [17, 17, 1, 16, 16],
])(
  'a frame of %d by %d becomes one of at most 640, with its colours in their places',
  (width, height, pad, w, h) => {
    const layout = new I420Layout(width, height, width + pad);
    const frame = layout.view(new Uint8Array(layout.byteLength));
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) frame.y[y * layout.lumaStride + x] = x < width / 2 ? 41 : 210;
    frame.u.fill(240);
    frame.v.fill(110);
    const shrinker = new FrameShrinker(layout);
    expect(shrinker.size).toMatchObject({ width: w, height: h });
    const planes = new Uint8Array(shrinker.size.byteLength);
    shrinker.shrink(frame, planes);
    expect([planes[0], planes[w - 1], planes[w * (h - 1)], planes[w * h - 1]]).toEqual([41, 210, 41, 210]);
    expect(new Set(planes.subarray(w * h, (w * h * 5) / 4))).toEqual(new Set([240]));
    expect(new Set(planes.subarray((w * h * 5) / 4))).toEqual(new Set([110]));
  },
);

it('the colours of video become those of a screen', () => {
  const colours = [
    [16, 128, 128, [0, 0, 0]],
    [235, 128, 128, [255, 255, 255]],
    [81, 90, 240, [255, 0, 0]],
    [145, 54, 34, [0, 255, 0]],
    [41, 240, 110, [0, 0, 255]],
  ] as const;
  for (const [y, u, v, [r, g, b]] of colours) {
    const into = new Uint8ClampedArray(16);
    rgbaOf(Uint8Array.of(y, y, y, y, u, v), 2, 2, into);
    for (const [index, value] of [r, g, b, 255].entries())
      expect(Math.abs(into[12 + index]! - value)).toBeLessThanOrEqual(2);
  }
});

it('every size of a frame has a still', () => {
  for (const [width, height] of [
    [16, 4096],
    [4096, 16],
    [4096, 4096],
  ] as const) {
    const { byteLength } = stillSize({ width, height });
    expect(byteLength).toBeGreaterThan(0);
    expect(byteLength).toBeLessThanOrEqual(640 * 640 * 1.5);
  }
});
