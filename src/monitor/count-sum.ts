import type { Report } from '../wire/report.ts';

/**
 * A sum of one direction over windows, doors, or both. The exact number of crossings in the windows that were measured lies
 * between `low - error` and `high + error` in about 95 of 100 sums.
 */
export interface CountSum {
  /** Of the counts that were published. */
  readonly low: number;
  /** The same, and for each count that was told as 'fewer than k' the most that it can have been: k - 1. */
  readonly high: number;
  /**
   * Twice the standard deviation of all noise in the sum: draws are independent, so variances add. Counts that were not published
   * had noise too, before they were compared with k, and so their noise is in it.
   */
  readonly error: number;
  readonly published: number;
  readonly fewer: number;
  /** Windows in which this direction was not measured: they are not in the sum, and not zero. */
  readonly unmeasured: number;
}

export const NOTHING: CountSum = { low: 0, high: 0, error: 0, published: 0, fewer: 0, unmeasured: 0 };

/** Sums one direction of reports of one level. Reports of both levels are about the same crossings: never sum them together. */
export function sumCounts(reports: Iterable<Report>, direction: 'in' | 'out'): CountSum {
  const sum = { ...NOTHING } as { -readonly [Key in keyof CountSum]: number };
  let variance = 0;
  for (const report of reports) {
    const { status, value } = report[direction];
    if (status === 'not-measured') {
      sum.unmeasured++;
      continue;
    }
    variance += (report.noiseDeviationThousandths / 1000) ** 2;
    if (status === 'published') {
      sum.published++;
      sum.low += value;
      sum.high += value;
    } else {
      sum.fewer++;
      sum.high += report.suppressBelow - 1;
    }
  }
  sum.error = 2 * Math.sqrt(variance);
  return sum;
}

/** The mean coverage of reports in percent, each weighted by how long its window is; undefined for none. */
export function meanCoverage(reports: Iterable<Report>): number | undefined {
  let seconds = 0;
  let covered = 0;
  for (const { windowSeconds, coveragePercent } of reports) {
    seconds += windowSeconds;
    covered += windowSeconds * coveragePercent;
  }
  return seconds === 0 ? undefined : covered / seconds;
}
