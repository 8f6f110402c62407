import { Sampler } from '../../src/detect/sampler.ts';
import { I420Layout } from '../../src/frame/i420.ts';
import { wipe } from '../../src/frame/wipe.ts';

// What a second, small stream of the camera would cost the loop in place of scaling the full one: see
// docs/decisions/0030-what-a-camera-gives.md. Prints milliseconds of CPU a frame, medians of rounds in turn.

const FRAMES = 200;
const ROUNDS = 15;
const INPUT = { width: 640, height: 384 };

const full = new I420Layout(1280, 720);
const small = new I420Layout(640, 360);

function shared(layout: I420Layout) {
  const bytes = new Uint8Array(new SharedArrayBuffer(layout.byteLength)).map((_, at) => at * 31);
  return { bytes: new Uint8Array(new SharedArrayBuffer(layout.byteLength)), from: bytes };
}

function sampler(layout: I420Layout): () => void {
  const { width, height } = INPUT;
  const sampler = new Sampler(layout, width, height, new Uint8Array(3 * width * height));
  const frame = layout.view(shared(layout).bytes);
  return () => sampler.sample(frame);
}

function packing(layout: I420Layout): () => void {
  const { bytes, from } = shared(layout);
  return () => {
    bytes.set(from);
    wipe(from);
    wipe(bytes);
  };
}

const work: Readonly<Record<string, () => void>> = {
  'sampling the full frame': sampler(full),
  'sampling the small one': sampler(small),
  'packing the small one, and wiping its buffer and its slot': packing(small),
};
const times = Object.fromEntries(Object.keys(work).map((what) => [what, [] as number[]]));
for (let round = 0; round < ROUNDS; round++) {
  for (const [what, once] of Object.entries(work)) {
    const before = process.threadCpuUsage();
    for (let frame = 0; frame < FRAMES; frame++) once();
    const { user, system } = process.threadCpuUsage(before);
    times[what]!.push((user + system) / 1_000 / FRAMES);
  }
}
for (const [what, taken] of Object.entries(times)) {
  console.log(`${what}: ${taken.toSorted((a, b) => a - b)[ROUNDS >> 1]!.toFixed(3)} ms`);
}
