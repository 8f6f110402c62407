import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAt, windowAt } from './window-clock.ts';

const at = (text: string): number => Date.parse(text) / 1_000;

describe('the window a moment lies in', () => {
  it('begins at a multiple of its length, and holds its first second but not its last', () => {
    expect(windowAt(at('2026-05-10T12:34:56Z'), 3_600)).toEqual({
      startSeconds: at('2026-05-10T12:00Z'),
      seconds: 3_600,
    });
    expect(windowAt(at('2026-05-10T13:00:00Z'), 3_600).startSeconds).toBe(at('2026-05-10T13:00Z'));
    expect(windowAt(at('2026-05-10T12:59:59.999Z'), 1_800).startSeconds).toBe(at('2026-05-10T12:30Z'));
  });
});

describe('the local day a moment lies in', () => {
  it.each([
    ['UTC', '2026-05-10T12:00Z', '2026-05-10T00:00Z', 24],
    ['Asia/Shanghai', '2026-05-10T16:00Z', '2026-05-10T16:00Z', 24],
    ['Asia/Shanghai', '2026-05-10T15:59:59Z', '2026-05-09T16:00Z', 24],
    ['Europe/Berlin', '2026-03-29T12:00Z', '2026-03-28T23:00Z', 23],
    ['Europe/Berlin', '2026-10-25T12:00Z', '2026-10-24T22:00Z', 25],
    ['Australia/Lord_Howe', '2026-04-05T00:00Z', '2026-04-04T13:00Z', 24.5],
  ])('in %s at %s begins at %s and has %d hours', (timeZone, moment, start, hours) => {
    expect(dayAt(at(moment), timeZone)).toEqual({ startSeconds: at(start), seconds: hours * 3_600 });
  });

  it('is followed at once by the next one, in every time zone', () => {
    const zones = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/Santiago',
      'Asia/Kolkata',
      'Pacific/Chatham',
      'Africa/Cairo',
    );
    const moments = fc.integer({ min: at('2020-01-01T00:00Z'), max: at('2040-01-01T00:00Z') });
    fc.assert(
      fc.property(zones, moments, (zone, moment) => {
        const day = dayAt(moment, zone);
        expect(moment).toBeGreaterThanOrEqual(day.startSeconds);
        expect(moment).toBeLessThan(day.startSeconds + day.seconds);
        expect(dayAt(day.startSeconds + day.seconds, zone).startSeconds).toBe(day.startSeconds + day.seconds);
      }),
      { numRuns: 50 },
    );
  });
});
