import { describe, expect, it } from 'vitest';
import { BUDGET } from './budget.ts';
import type { Draws } from './draws.ts';
import { Releaser } from './release.ts';

/** Draws that make the noise the numbers given, one after another: size in whole rounds, and the sign. */
function noise(...values: number[]): Draws {
  const steps = values.flatMap((value) => {
    const { numerator, denominator } = BUDGET.window;
    const raw = Math.abs(value) * numerator;
    const [fraction, rounds] = [raw % denominator, Math.floor(raw / denominator)];
    const exp = (isTrue: boolean): unknown[] => (isTrue ? [false] : [true, false]);
    return [
      fraction,
      ...exp(true),
      ...Array.from({ length: rounds }, () => exp(true)).flat(),
      ...exp(false),
      value < 0,
    ];
  });
  const next = (): unknown => steps.shift();
  return { below: () => next() as number, chance: () => next() as boolean };
}

const BOTH = ['in', 'out'] as const;
const hour = { startSeconds: 7_200, seconds: 3_600, watchedMs: 3_600_000 };

describe('what is released of a window', () => {
  it('is the count with noise, drawn for each direction anew', () => {
    expect(
      new Releaser(noise(3, -2), 10, BOTH).release('window', { ...hour, in: 20, out: 30 }),
    ).toMatchObject({
      level: 'window',
      windowStartSeconds: 7_200,
      windowSeconds: 3_600,
      in: { status: 'published', value: 23 },
      out: { status: 'published', value: 28 },
      coveragePercent: 100,
      suppressBelow: 10,
      budget: { numerator: 1, denominator: 2 },
    });
  });

  it('is drawn anew for the day, and not taken from the window', () => {
    const releaser = new Releaser(noise(3, -2, -4, 5), 10, BOTH);
    const exact = { ...hour, in: 20, out: 30 };
    const told = (['window', 'day'] as const).map((level) => releaser.release(level, exact));
    expect(told.map((release) => [release.in.value, release.out.value])).toEqual([
      [23, 28],
      [16, 35],
    ]);
  });

  it('is suppressed after the noise, never before', () => {
    const release = new Releaser(noise(3, -3), 10, BOTH).release('window', { ...hour, in: 8, out: 12 });
    expect([release.in, release.out]).toEqual([
      { status: 'published', value: 11 },
      { status: 'fewer-than-k', value: 0 },
    ]);
  });

  it('never is below zero, and never says zero', () => {
    expect(new Releaser(noise(-4, 0), 10, BOTH).release('window', { ...hour, in: 0, out: 0 })).toMatchObject({
      in: { status: 'fewer-than-k', value: 0 },
      out: { status: 'fewer-than-k', value: 0 },
    });
  });

  it.each([0, 0.249])('is not measured when the camera watched a part of %d of it', (watched) => {
    const window = { ...hour, watchedMs: watched * 3_600_000, in: 50, out: 50 };
    expect(new Releaser(noise(), 10, BOTH).release('day', window)).toMatchObject({
      in: { status: 'not-measured', value: 0 },
      out: { status: 'not-measured', value: 0 },
      coveragePercent: 0,
    });
  });

  it('is not measured in a direction in which nobody shows a face, whatever was counted there', () => {
    const exact = { ...hour, in: 30, out: 30 };
    expect(new Releaser(noise(0), 10, ['in']).release('window', exact)).toMatchObject({
      in: { status: 'published', value: 30 },
      out: { status: 'not-measured', value: 0 },
    });
    expect(new Releaser(noise(0), 10, ['out']).release('day', exact)).toMatchObject({
      in: { status: 'not-measured', value: 0 },
      out: { status: 'published', value: 30 },
    });
  });

  it.each([
    [0, 0],
    [0.249, 0],
    [0.25, 25],
    [0.74, 50],
    [0.979, 75],
    [0.981, 100],
    [1.2, 100],
  ])('tells a coverage of %d as %d percent', (watched, percent) => {
    const window = { ...hour, watchedMs: watched * 3_600_000, in: 0, out: 0 };
    expect(new Releaser(noise(0, 0), 10, BOTH).release('window', window).coveragePercent).toBe(percent);
  });

  it('keeps the privacy ratio between neighbouring counts, whatever is told of them', () => {
    const q = Math.exp(-0.5);
    /** How likely each thing is that may be told of a count, by the exact distribution of the noise. */
    const told = (count: number): Map<string, number> => {
      const likely = new Map<string, number>();
      for (let size = -60; size <= 60; size++) {
        const release = new Releaser(noise(size, 0), 10, BOTH).release('window', {
          ...hour,
          in: count,
          out: 0,
        });
        const { status, value } = release.in;
        const part = ((1 - q) / (1 + q)) * q ** Math.abs(size);
        likely.set(`${status} ${value}`, (likely.get(`${status} ${value}`) ?? 0) + part);
      }
      return likely;
    };
    for (const count of [0, 1, 8, 9, 10, 30]) {
      const [fewer, more] = [told(count), told(count + 1)];
      for (const [outcome, likely] of fewer) {
        const ratio = likely / more.get(outcome)!;
        // The noise is cut off at 60.
        expect(Math.max(ratio, 1 / ratio), outcome).toBeLessThan(Math.exp(0.5) * (1 + 1e-6));
      }
    }
  });

  it('cannot be asked to suppress less than counts below five', () => {
    for (const k of [4, 0, -1, 5.5, Number.NaN]) {
      expect(() => new Releaser(noise(), k, BOTH)).toThrow(
        expect.objectContaining({ code: 'SUPPRESS_BELOW' }),
      );
    }
  });

  it('spends one on each crossing in all: half in its window, half in its day', () => {
    const spent = Object.values(BUDGET).reduce(
      (sum, { numerator, denominator }) => sum + numerator / denominator,
      0,
    );
    expect(spent).toBe(1);
  });
});
