import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FrameThinner } from './frame-thinner.ts';

/** The frames that are taken of a camera with the given intervals, as times. */
function taken(framesPerSecond: number, intervalsMs: readonly number[]): number[] {
  const thinner = new FrameThinner();
  thinner.framesPerSecond = framesPerSecond;
  let nowMs = 1_000;
  return intervalsMs.flatMap((intervalMs) => {
    nowMs += intervalMs;
    return thinner.takes(nowMs) ? nowMs : [];
  });
}

const steady = (count: number, intervalMs: number): number[] => new Array(count).fill(intervalMs);
const gaps = (times: readonly number[]): number[] => times.slice(1).map((time, at) => time - times[at]!);

it('takes every frame unless it is told a rate', () => {
  expect(taken(Number.POSITIVE_INFINITY, steady(20, 0)).length).toBe(20);
});

it('takes every n-th frame of a camera that is n times as fast', () => {
  expect(new Set(gaps(taken(5, steady(100, 100))).slice(1))).toEqual(new Set([200]));
  expect(new Set(gaps(taken(10, steady(100, 25))).slice(1))).toEqual(new Set([100]));
});

it('takes every frame of a camera that was slowed down itself, though its frames come up to half an interval early or late', () => {
  const isLate = fc.array(fc.boolean(), { minLength: 100, maxLength: 100 });
  fc.assert(
    fc.property(isLate, (late) => {
      const times = late.map((late, frame) => 200 * frame + (late ? 48 : -48));
      const intervals = [200, ...gaps(times)];
      expect(taken(5, intervals).length).toBe(100);
    }),
  );
});

it('never gives more than the rate, nor leaves a gap that the camera did not, whatever the camera does', () => {
  const intervals = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 2, maxLength: 200 });
  fc.assert(
    fc.property(fc.double({ min: 1, max: 60, noNaN: true }), intervals, (rate, intervalsMs) => {
      const times = taken(rate, intervalsMs);
      for (let first = 0; first < times.length; first++) {
        for (let last = first; last < times.length; last++) {
          const seconds = (times[last]! - times[first]!) / 1_000;
          expect(last - first + 1).toBeLessThanOrEqual(seconds * rate + 1.5 + 1e-6);
        }
      }
      const longest = Math.max(...intervalsMs);
      for (const gap of gaps(times)) expect(gap).toBeLessThanOrEqual(1_000 / rate + longest + 1e-6);
    }),
  );
});
