import { describe, expect, test } from 'vitest';
import { exampleReport } from '../wire/example-report.ts';
import type { Report } from '../wire/report.ts';
import { checkTimeZone, describeReport } from './describe-report.ts';
import { reportJson } from './report-json.ts';

const hall = (changes: Partial<Report> = {}) => ({
  site: 'hall',
  device: 'front',
  report: exampleReport(changes),
  signedBy: '21fe-31df',
});

describe('a report, as a line for a person', () => {
  test('says when and where, both counts, how sure they are, and the coverage', () => {
    expect(describeReport(hall(), 'UTC')).toBe(
      '14:00–15:00 hall/front  in 23 ± 4  out fewer than 10  coverage 100 %',
    );
  });

  test('never shows a count that is not known as zero', () => {
    const line = describeReport(hall({ in: { status: 'not-measured', value: 0 }, suppressBelow: 5 }), 'UTC');
    expect(line).toContain('in not measured  out fewer than 5');
  });

  test('never shows noise as none', () => {
    expect(describeReport(hall({ noiseDeviationThousandths: 1 }), 'UTC')).toContain('in 23 ± 1');
  });

  test('gives the time of the place', () => {
    expect(describeReport(hall(), 'Asia/Kolkata')).toMatch(/^19:30–20:30 hall/);
  });

  test('gives seconds when the window has them', () => {
    expect(describeReport(hall({ windowSeconds: 30 }), 'UTC')).toMatch(/^14:00:00–14:00:30 hall/);
  });

  test("says whose key signed it unless it is known to be the door's", () => {
    expect(describeReport(hall(), 'UTC', 'verified')).toBe(describeReport(hall(), 'UTC'));
    expect(describeReport(hall(), 'UTC', 'unknown-key')).toMatch(/ {2}signed by 21fe-31df, not known$/);
    expect(describeReport(hall(), 'UTC', 'other-key')).toMatch(/ {2}SIGNED BY ANOTHER KEY, 21fe-31df$/);
  });

  test('names a day by its date', () => {
    const day = hall({
      level: 'day',
      windowStartSeconds: Date.UTC(2026, 0, 5, 23) / 1000,
      windowSeconds: 86_400,
    });
    expect(describeReport(day, 'Europe/Berlin')).toMatch(/^2026-01-06 hall\/front {2}in 23/);
    // Told elsewhere, it is the same day, though it began there on the day before.
    expect(describeReport(day, 'UTC')).toMatch(/^2026-01-06 hall/);
  });

  test('a time zone that does not exist is an error that says what to give', () => {
    expect(() => checkTimeZone('Europe/Nowhere')).toThrow("'Europe/Nowhere' is not a time zone");
    expect(() => checkTimeZone(undefined)).not.toThrow();
  });
});

test('a report as JSON has no value where none was published', () => {
  expect(JSON.parse(reportJson(hall(), 'verified'))).toEqual({
    site: 'hall',
    device: 'front',
    level: 'window',
    windowStart: '2026-01-05T14:00:00.000Z',
    windowSeconds: 3600,
    in: { status: 'published', value: 23 },
    out: { status: 'fewer-than-k' },
    coveragePercent: 100,
    noiseDeviation: 2,
    suppressBelow: 10,
    budget: '1/2',
    signedBy: '21fe-31df',
    verified: true,
  });
  expect(JSON.parse(reportJson(hall(), 'unknown-key'))).toMatchObject({ verified: false });
  expect(JSON.parse(reportJson(hall(), 'other-key'))).toMatchObject({ verified: false });
});
