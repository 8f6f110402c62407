import { openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { Level } from '../../../firmware/gpio/gpio.ts';
import { monotonicMs, type SamplerOrder, type Sighting } from './line-observer.ts';

const { lines, pauseMs, end } = workerData as SamplerOrder;
const watched = lines.map(({ line, file }) => ({
  line,
  descriptor: openSync(file, 'r'),
  level: undefined as Level | undefined,
  seenMs: Number.NEGATIVE_INFINITY,
}));
const character = new Uint8Array(1);
const one = '1'.charCodeAt(0);

while (Atomics.load(end, 0) === 0) {
  for (const state of watched) {
    const readFromMs = monotonicMs();
    readSync(state.descriptor, character, 0, 1, 0);
    const level = character[0] === one ? 1 : 0;
    if (level !== state.level) {
      const sighting: Sighting = { line: state.line, level, afterMs: state.seenMs, byMs: monotonicMs() };
      parentPort!.postMessage(sighting);
    }
    state.level = level;
    state.seenMs = readFromMs;
  }
  if (pauseMs > 0) Atomics.wait(end, 0, 0, pauseMs);
}
