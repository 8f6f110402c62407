import type { Report } from './report.ts';

/** A report as an ordinary hour gives it, for tests; `changes` replaces what a test is about. */
export function exampleReport(changes: Partial<Report> = {}): Report {
  return {
    level: 'window',
    windowStartSeconds: Date.UTC(2026, 0, 5, 14) / 1000,
    windowSeconds: 3600,
    in: { status: 'published', value: 23 },
    out: { status: 'fewer-than-k', value: 0 },
    coveragePercent: 100,
    noiseDeviationThousandths: 2000,
    suppressBelow: 10,
    budget: { numerator: 1, denominator: 2 },
    ...changes,
  };
}
