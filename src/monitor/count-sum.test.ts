import { expect, it } from 'vitest';
import { SeededRandom } from '../../test/scene/seeded-random.ts';
import { RandomDraws } from '../anonymise/draws.ts';
import { Releaser } from '../anonymise/release.ts';
import { exampleReport } from '../wire/example-report.ts';
import type { Report, ReportedCount } from '../wire/report.ts';
import { meanCoverage, NOTHING, sumCounts } from './count-sum.ts';

const report = (count: ReportedCount, changes: Partial<Report> = {}) =>
  exampleReport({ in: count, noiseDeviationThousandths: 3000, ...changes });
const fewer = { status: 'fewer-than-k', value: 0 } as const;
const unmeasured = { status: 'not-measured', value: 0 } as const;

it('sums what was published, and says how much more what was suppressed can be', () => {
  const sum = sumCounts(
    [report({ status: 'published', value: 23 }), report(fewer), report(unmeasured)],
    'in',
  );
  expect(sum).toEqual({ low: 23, high: 32, error: 2 * Math.sqrt(18), published: 1, fewer: 1, unmeasured: 1 });
  expect(sumCounts([], 'in')).toEqual(NOTHING);
});

it('holds the exact number of crossings in about 95 of 100 sums, quiet and busy hours mixed', () => {
  const seeded = new SeededRandom(7);
  const releaser = new Releaser(new RandomDraws({ byte: () => Math.floor(seeded.next() * 256) }), 10, [
    'in',
    'out',
  ]);
  const rounds = 2_000;
  let held = 0;
  for (let round = 0; round < rounds; round++) {
    let exact = 0;
    const reports = Array.from({ length: 24 }, (_, hour) => {
      const crossings = Math.floor(seeded.next() * (hour % 2 === 0 ? 8 : 60));
      exact += crossings;
      const window = {
        startSeconds: hour * 3600,
        seconds: 3600,
        in: crossings,
        out: 0,
        watchedMs: 3_600_000,
      };
      const release = releaser.release('window', window);
      const noiseDeviationThousandths = Math.round(release.noiseStandardDeviation * 1000);
      return report(release.in, { noiseDeviationThousandths });
    });
    const { low, high, error } = sumCounts(reports, 'in');
    if (exact >= low - error && exact <= high + error) held++;
  }
  expect(held / rounds).toBeGreaterThan(0.95);
});

it('is no wider than it has to be where everything was published', () => {
  const sum = sumCounts(
    Array.from({ length: 100 }, () => report({ status: 'published', value: 20 })),
    'in',
  );
  expect(sum.high - sum.low).toBe(0);
  expect(sum.error).toBeCloseTo(2 * 3 * 10);
});

it('weighs coverage by the length of the windows', () => {
  const day = exampleReport({ windowSeconds: 3 * 3600, coveragePercent: 100 });
  const hour = exampleReport({ windowSeconds: 3600, coveragePercent: 0 });
  expect(meanCoverage([day, hour])).toBe(75);
  expect(meanCoverage([])).toBeUndefined();
});
