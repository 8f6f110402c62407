import { describe, expect, it } from 'vitest';
import { bucketOf, periodAt, weekBefore } from './period.ts';

const BERLIN = 'Europe/Berlin';
const at = (text: string) => Date.parse(text) / 1_000;
const HOUR = 3_600;
const DAY = 24 * HOUR;

describe('a period', () => {
  it('of hours is the local day, whatever the sun does to it', () => {
    const usual = periodAt('hour', at('2026-01-07T23:30+01:00'), BERLIN);
    expect([usual.starts.length, usual.starts[0], usual.end]).toEqual([
      24,
      at('2026-01-07T00:00+01:00'),
      at('2026-01-08T00:00+01:00'),
    ]);
    expect(periodAt('hour', at('2026-03-29T12:00+02:00'), BERLIN).starts.length).toBe(23);
    expect(periodAt('hour', at('2026-10-25T12:00+01:00'), BERLIN).starts.length).toBe(25);
  });

  it('of days begins on Monday, and its days at midnight, also when the clocks go forward in it', () => {
    for (const day of ['2026-03-23T00:00+01:00', '2026-03-26T12:00+01:00', '2026-03-29T23:59+02:00']) {
      const { starts, end } = periodAt('day', at(day), BERLIN);
      expect(starts[0]).toBe(at('2026-03-23T00:00+01:00'));
      expect(starts[6]).toBe(at('2026-03-29T00:00+01:00'));
      expect(end).toBe(at('2026-03-30T00:00+02:00'));
    }
  });

  it('of weeks is twelve that follow each other', () => {
    const { starts, end } = periodAt('week', at('2026-01-07T12:00Z'), 'UTC');
    expect(starts.length).toBe(12);
    expect([starts.at(-1), end]).toEqual([at('2026-01-05T00:00Z'), at('2026-01-12T00:00Z')]);
    for (const [week, start] of starts.slice(1).entries()) expect(start - starts[week]!).toBe(7 * DAY);
  });

  it('a week before is the same weekday, or the week before', () => {
    const day = periodAt('hour', at('2026-03-31T12:00+02:00'), BERLIN);
    expect(weekBefore(day).starts[0]).toBe(at('2026-03-24T00:00+01:00'));
    const week = periodAt('day', at('2026-03-31T12:00+02:00'), BERLIN);
    expect(weekBefore(week).starts[0]).toBe(at('2026-03-23T00:00+01:00'));
  });

  it("takes a window where its middle lies, so that a camera's own day finds its place", () => {
    const week = periodAt('day', at('2026-01-07T12:00Z'), 'UTC');
    expect(bucketOf(week, at('2026-01-05T23:00Z'), DAY)).toBe(1);
    expect(bucketOf(week, at('2026-01-04T23:00Z'), DAY)).toBe(0);
    expect(bucketOf(week, at('2026-01-11T20:00Z'), DAY)).toBeUndefined();
    const day = periodAt('hour', at('2026-01-07T12:00Z'), 'UTC');
    expect(bucketOf(day, at('2026-01-07T14:45Z'), HOUR / 4)).toBe(14);
  });
});
