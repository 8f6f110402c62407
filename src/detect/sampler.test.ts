import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type I420Frame, I420Layout } from '../frame/i420.ts';
import { nativePlanes } from '../frame/native-planes.ts';
import { Sampler } from './sampler.ts';

/** Samples `frame` into an input of `width` by `height`. */
function sample(frame: I420Frame, width: number, height: number) {
  const input = new Uint8Array(3 * width * height);
  const sampler = new Sampler(frame.layout, width, height, input);
  sampler.sample(frame);
  const at = (x: number, y: number) => [0, 1, 2].map((plane) => input[(plane * height + y) * width + x]!);
  return { sampler, input, at };
}

function frameOf(layout: I420Layout, luma: (x: number, y: number) => number, u = 128, v = 128, offset = 0) {
  const bytes = new Uint8Array(new SharedArrayBuffer(layout.byteLength + offset), offset);
  const frame = layout.view(bytes.fill(99)); // what lies between rows is not to be seen
  for (let y = 0; y < layout.height; y++) {
    for (let x = 0; x < layout.width; x++) frame.y[y * layout.lumaStride + x] = luma(x, y);
  }
  for (let y = 0; y < layout.chromaHeight; y++) {
    const from = y * layout.chromaStride;
    frame.u.fill(u, from, from + layout.chromaWidth);
    frame.v.fill(v, from, from + layout.chromaWidth);
  }
  return frame;
}

describe('Sampler', () => {
  it('gives brightness and colour as they are, whatever the scale', () => {
    for (const side of [16, 32, 64, 100]) {
      const { at } = sample(
        frameOf(new I420Layout(side, side), () => 81, 90, 240),
        32,
        32,
      );
      expect(at(7, 9)).toEqual([81, 90, 240]);
    }
  });

  it('fits any frame at the top left and pads with black, and reads nothing outside it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 16, max: 200 }),
        fc.integer({ min: 16, max: 200 }),
        fc.nat(9),
        fc.nat(3),
        (width, height, slack, offset) => {
          const layout = new I420Layout(width, height, width + slack);
          const frame = frameOf(layout, () => 235, 128, 128, offset);
          const { sampler, input } = sample(frame, 64, 32);
          expect(Math.max(sampler.width - 64, sampler.height - 32)).toBe(0);
          expect(Math.abs(sampler.width / sampler.height / (width / height) - 1)).toBeLessThan(
            0.6 / Math.min(sampler.width, sampler.height),
          );
          const wrong = input.filter((value, i) => {
            const inside = i % 64 < sampler.width && Math.floor(i / 64) % 32 < sampler.height;
            return value !== (i < 64 * 32 ? (inside ? 235 : 16) : 128);
          });
          expect(wrong.length).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps places: a slope in the frame is the same slope in the input, at every scale', () => {
    for (const [width, height] of [
      [32, 16],
      [64, 32],
      [100, 50],
      [150, 75],
      [129, 65],
      [320, 160],
    ] as const) {
      const layout = new I420Layout(width, height);
      const slope = (x: number, y: number) => 40 + (100 * (x + 0.5)) / width + (60 * (y + 0.5)) / height;
      const { sampler, at } = sample(frameOf(layout, slope), 64, 32);
      for (const [x, y] of [
        [20, 10],
        [33, 17],
        [50, 20],
      ] as const) {
        const expected = 40 + (100 * (x + 0.5)) / sampler.width + (60 * (y + 0.5)) / sampler.height;
        expect(Math.abs(at(x, y)[0]! - expected)).toBeLessThan(2.2);
      }
    }
  });

  it('takes the colour from where the brightness is taken', () => {
    for (const width of [64, 128, 190, 320]) {
      const layout = new I420Layout(width, width / 2);
      const frame = frameOf(layout, () => 120);
      for (let i = 0; i < frame.v.length; i++) if (i % layout.chromaStride >= width / 4) frame.v[i] = 200;
      const { at } = sample(frame, 64, 32);
      expect(at(30, 16)[2]).toBe(128);
      expect(at(33, 16)[2]).toBe(200);
    }
  });

  it('averages fine stripes away when it shrinks a frame, instead of making coarse ones of them', () => {
    for (const width of [128, 192, 256, 320]) {
      const { input } = sample(
        frameOf(new I420Layout(width, width / 2), (x) => (x % 2 ? 235 : 16)),
        64,
        32,
      );
      const luma = input.subarray(0, 64 * 32);
      expect(Math.max(...luma) - Math.min(...luma)).toBeLessThan(width % 128 ? 90 : 2);
    }
  });

  it('halves the same way whether or not rows begin at whole words', () => {
    const noise = (x: number, y: number) => (Math.imul(x * 733 + y, 2654435761) >>> 24) % 220;
    const aligned = sample(frameOf(new I420Layout(128, 64), noise), 64, 32).input;
    expect(sample(frameOf(new I420Layout(128, 64), noise, 128, 128, 1), 64, 32).input).toEqual(aligned);
    expect(sample(frameOf(new I420Layout(128, 64, 131), noise), 64, 32).input).toEqual(aligned);
  });

  it('gives natively, to the byte, what it gives in TypeScript', () => {
    const whole = (sides: number) => fc.tuple(fc.constant(32 * sides), fc.constant(16 * sides));
    const any = fc.tuple(fc.integer({ min: 16, max: 200 }), fc.integer({ min: 16, max: 200 }));
    const size = fc.oneof(any, ...[1, 2, 3, 4, 5, 8, 13].map(whole));
    fc.assert(
      fc.property(size, fc.nat(9), fc.nat(3), fc.nat(), ([width, height], slack, offset, seed) => {
        const layout = new I420Layout(width, height, width + slack);
        const bytes = new Uint8Array(new SharedArrayBuffer(layout.byteLength + offset), offset);
        for (let at = 0; at < bytes.length; at++) bytes[at] = Math.imul(at + seed, 2654435761) >>> 24;
        const [natively, plainly] = [nativePlanes, null].map((planes) => {
          const input = new Uint8Array(3 * 32 * 16);
          new Sampler(layout, 32, 16, input, planes).sample(layout.view(bytes));
          return input;
        });
        expect(natively).toEqual(plainly);
      }),
    );
  });

  it('leaves nothing of the frame in the input when it is wiped', () => {
    const { sampler, input } = sample(
      frameOf(new I420Layout(100, 50), (x) => x + 60, 90, 200),
      64,
      32,
    );
    sampler.wipe();
    expect(new Set(input.subarray(0, 64 * 32))).toEqual(new Set([16]));
    expect(new Set(input.subarray(64 * 32))).toEqual(new Set([128]));
  });
});
