import { describe, expect, it } from 'vitest';
import { LEAST_FRAMES_PER_SECOND } from '../../src/loop/frame-rate.ts';
import { countWindow, measureCountError } from './count-error.ts';
import type { SceneOptions } from './scene.ts';

const USUAL: SceneOptions = {
  people: 1,
  seconds: 120,
  missed: 0.05,
  weak: 0.1,
  falseBoxes: 0.05,
  doubled: 0,
  lostSeconds: 0,
};

describe('the count of a simulated doorway', () => {
  it('is the same for the same seed', () => {
    expect(countWindow(7, { ...USUAL, people: 3 })).toEqual(countWindow(7, { ...USUAL, people: 3 }));
  });

  it.each([1, 2, 3, 4])(
    'with up to %d people at once and a detector that errs is wrong by at most three per cent, and not to one side',
    (people) => {
      const { crossings, absolute, signed } = measureCountError({ ...USUAL, people }, 25);
      expect(crossings).toBeGreaterThan(300);
      expect(absolute.mean).toBeLessThan(0.03);
      // The interval of so few windows is narrow by luck now and then, or none; a tenth of a per cent is no bias.
      expect(Math.abs(signed.mean)).toBeLessThan(signed.halfWidth + 0.001);
    },
  );

  it('is wrong by at most three per cent at the least rate to which a camera is slowed down', () => {
    const slow = { ...USUAL, people: 2, framesPerSecond: LEAST_FRAMES_PER_SECOND };
    expect(measureCountError(slow, 25).absolute.mean).toBeLessThan(0.03);
  });

  it('is exact when one person at a time is always seen', () => {
    const { absolute } = measureCountError({ ...USUAL, missed: 0, weak: 0, falseBoxes: 0 }, 20);
    expect(absolute.mean).toBe(0);
  });

  it('counts nobody when false boxes are all there is', () => {
    const { truth, counted } = countWindow(3, { ...USUAL, people: 0, seconds: 600 });
    expect([truth, counted]).toEqual([
      { in: 0, out: 0 },
      { in: 0, out: 0 },
    ]);
  });
});
