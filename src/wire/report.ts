/** How long a window a report is about: one of the day's windows, or the whole day. */
export const REPORT_LEVELS = ['window', 'day'] as const;
export type ReportLevel = (typeof REPORT_LEVELS)[number];

export type CountStatus = 'published' | 'fewer-than-k' | 'not-measured';

/** The crossings of one direction. */
export interface ReportedCount {
  readonly status: CountStatus;
  /** The count after noise, not under `suppressBelow`; 0 unless published, which then says nothing. */
  readonly value: number;
}

/** All that the facilities team is ever told about one window. `proto/lintel/v1/report.proto` is its wire form. */
export interface Report {
  readonly level: ReportLevel;
  /** Unix seconds. */
  readonly windowStartSeconds: number;
  readonly windowSeconds: number;
  readonly in: ReportedCount;
  readonly out: ReportedCount;
  /** How much of the window the camera was watching, 0 to 100 in steps of 5 or coarser. */
  readonly coveragePercent: number;
  /** Standard deviation of the noise in each count, in thousandths of a crossing. */
  readonly noiseDeviationThousandths: number;
  /** k: a count below it, noise included, is told only as 'fewer than k'. */
  readonly suppressBelow: number;
  /** The privacy budget (epsilon) that each of the counts has spent. */
  readonly budget: { readonly numerator: number; readonly denominator: number };
}
