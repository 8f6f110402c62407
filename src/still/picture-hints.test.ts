import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../test/scene/seeded-random.ts';
import { I420Layout } from '../frame/i420.ts';
import { HintMeter } from './picture-hints.ts';

const layout = new I420Layout(160, 120);

function picture(luma: (x: number, y: number) => number) {
  const frame = layout.view(new Uint8Array(layout.byteLength));
  for (let y = 0; y < 120; y++) for (let x = 0; x < 160; x++) frame.y[y * 160 + x] = luma(x, y);
  return frame;
}

/** Noise, and the same seen through a lens that is turned away by so many pixels. */
function seen(blur: number) {
  const random = new SeededRandom(5);
  const sharp = Array.from({ length: 160 * 120 }, () => random.between(16, 236));
  const at = (x: number, y: number) => sharp[((y + 120) % 120) * 160 + ((x + 160) % 160)]!;
  return picture((x, y) => {
    let sum = 0;
    for (let dy = -blur; dy <= blur; dy++) for (let dx = -blur; dx <= blur; dx++) sum += at(x + dx, y + dy);
    return sum / (2 * blur + 1) ** 2;
  });
}

describe('the hints for focus and exposure', () => {
  it('say that a picture is the sharper the less the lens is turned away', () => {
    const meter = new HintMeter(layout, []);
    const sharpness = [0, 1, 2].map((blur) => meter.measure(seen(blur), [])!.sharpness);
    expect(sharpness).toEqual(sharpness.toSorted((a, b) => b - a));
    expect(
      meter.measure(
        picture(() => 90),
        [],
      )!.sharpness,
    ).toBe(0);
  });

  it('say how much of a picture is dark and bright', () => {
    const { histogram } = new HintMeter(layout, []).measure(
      picture((x) => (x < 80 ? 0 : 255)),
      [],
    )!;
    expect(histogram[0]).toBeCloseTo(0.5, 1);
    expect(histogram[15]).toBeCloseTo(0.5, 1);
    expect(histogram.reduce((sum, share) => sum + share)).toBeCloseTo(1);
  });

  it('look at no cover and at nothing outside the area', () => {
    const left = picture((x, y) => (x < 80 ? 100 : ((x ^ y) & 1) * 200));
    const area = [
      [0, 0],
      [0.45, 0],
      [0.45, 1],
      [0, 1],
    ] as const;
    expect(new HintMeter(layout, area).measure(left, [])!.sharpness).toBe(0);
    const face = { x: 100, y: 0, width: 40, height: 120 };
    expect(new HintMeter(layout, []).measure(left, [face])!.sharpness).toBe(0);
    const everywhere = { x: 0, y: 0, width: 160, height: 120 };
    expect(new HintMeter(layout, []).measure(left, [everywhere])).toBeUndefined();
  });
});
