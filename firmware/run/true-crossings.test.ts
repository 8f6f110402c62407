import { expect, it } from 'vitest';
import { TrueCrossings } from './true-crossings.ts';

const truth = {
  framesPerSecond: 10,
  frames: 100,
  crossings: [
    { frame: 20, direction: 'in' },
    { frame: 50, direction: 'out' },
    { frame: 90, direction: 'in' },
  ],
} as const;

it('counts what a looping recording showed in a window, from its first frame on', () => {
  const crossings = new TrueCrossings(truth);
  crossings.begun(1_000);
  expect(crossings.between(1_000, 11_000)).toEqual({ in: 2, out: 1 });
  expect(crossings.between(0, 3_000)).toEqual({ in: 0, out: 0 });
  expect(crossings.between(3_000, 3_001)).toEqual({ in: 1, out: 0 });
  expect(crossings.between(6_000, 36_000)).toEqual({ in: 6, out: 3 });
});

it('counts nothing while the camera was closed, and starts the recording anew after that', () => {
  const crossings = new TrueCrossings(truth);
  crossings.begun(0);
  crossings.ended(4_000);
  crossings.begun(100_000);
  expect(crossings.between(0, 50_000)).toEqual({ in: 1, out: 0 });
  expect(crossings.between(0, 105_001)).toEqual({ in: 2, out: 1 });
});
