import type { I420Frame, I420Layout } from '../../src/frame/i420.ts';
import { drawHall } from '../material/hall.ts';
import { SeededRandom } from './seeded-random.ts';

/** A picture in RGB, three numbers a pixel, of the size of the demonstration clip. */
export type Colours = Float32Array;

export function quietHall(): Colours {
  return Float32Array.from(drawHall());
}

const random = new SeededRandom(1);
const NORMAL = Float32Array.from({ length: 1 << 18 }, () => random.normal(1));

/**
 * What a sensor makes of it (BT.601, limited range).
 * @param deviation of each luma sample's noise; a chroma sample, being of four pixels, has half of it
 */
export function sense(colours: Colours, layout: I420Layout, deviation: number, seed: number): I420Frame {
  const { width, height, lumaStride, chromaStride } = layout;
  const frame = layout.view(new Uint8Array(layout.byteLength));
  const dice = new SeededRandom(seed);
  const noisy = (value: number, by: number): number => {
    const noise = by * NORMAL[(dice.next() * NORMAL.length) | 0]!;
    return Math.round(Math.max(0, Math.min(255, value + noise)));
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 3 * (y * width + x);
      const [red, green, blue] = [colours[at]!, colours[at + 1]!, colours[at + 2]!];
      frame.y[y * lumaStride + x] = noisy(16 + 0.257 * red + 0.504 * green + 0.098 * blue, deviation);
      if (x & 1 || y & 1) continue;
      const chroma = (y >> 1) * chromaStride + (x >> 1);
      frame.u[chroma] = noisy(128 - 0.148 * red - 0.291 * green + 0.439 * blue, deviation / 2);
      frame.v[chroma] = noisy(128 + 0.439 * red - 0.368 * green - 0.071 * blue, deviation / 2);
    }
  }
  return frame;
}
