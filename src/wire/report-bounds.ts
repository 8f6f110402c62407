import type { Report, ReportedCount } from './report.ts';

const UINT32_MAX = 0xffff_ffff;
/** The longest day: 25 hours, when summer time ends. */
const LONGEST_WINDOW_SECONDS = 90_000;
/** No setting may go below it (promise P9), and so no report may say so. */
const SMALLEST_SUPPRESS_BELOW = 5;
/** A finer step would tell how long a resident had opted out. */
const COVERAGE_STEP_PERCENT = 5;

/**
 * The last guard before the wire, and the first behind it.
 * @returns what is wrong with the report, in one line, or undefined
 */
export function findReportFault(report: Report): string | undefined {
  const { windowStartSeconds, windowSeconds, coveragePercent, suppressBelow, budget } = report;
  return (
    outside('windowStartSeconds', windowStartSeconds, 1, UINT32_MAX) ??
    outside('windowSeconds', windowSeconds, 1, LONGEST_WINDOW_SECONDS) ??
    outside('suppressBelow', suppressBelow, SMALLEST_SUPPRESS_BELOW, UINT32_MAX) ??
    countFault('in', report.in, suppressBelow) ??
    countFault('out', report.out, suppressBelow) ??
    outside('coveragePercent', coveragePercent, 0, 100) ??
    (coveragePercent % COVERAGE_STEP_PERCENT === 0 ? undefined : 'coveragePercent is too fine') ??
    outside('noiseDeviationThousandths', report.noiseDeviationThousandths, 1, UINT32_MAX) ??
    outside('budget.numerator', budget.numerator, 1, UINT32_MAX) ??
    outside('budget.denominator', budget.denominator, 1, UINT32_MAX)
  );
}

function countFault(name: string, { status, value }: ReportedCount, suppressBelow: number) {
  return status === 'published'
    ? outside(`${name}.value`, value, suppressBelow, UINT32_MAX)
    : outside(`${name}.value`, value, 0, 0);
}

function outside(name: string, value: number, least: number, most: number): string | undefined {
  return Number.isInteger(value) && value >= least && value <= most
    ? undefined
    : `${name} is ${value}, not a whole number from ${least} to ${most}`;
}
