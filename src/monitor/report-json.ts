import type { ReportedCount } from '../wire/report.ts';
import type { Trust } from './known-keys.ts';
import type { ReceivedReport } from './received-report.ts';

/** A report for a program, as one line of JSON. A count that was not published has no `value`, not even zero. */
export function reportJson({ site, device, report, signedBy }: ReceivedReport, trust: Trust): string {
  return JSON.stringify({
    site,
    device,
    level: report.level,
    windowStart: new Date(report.windowStartSeconds * 1000).toISOString(),
    windowSeconds: report.windowSeconds,
    in: countJson(report.in),
    out: countJson(report.out),
    coveragePercent: report.coveragePercent,
    noiseDeviation: report.noiseDeviationThousandths / 1000,
    suppressBelow: report.suppressBelow,
    budget: `${report.budget.numerator}/${report.budget.denominator}`,
    signedBy,
    verified: trust === 'verified',
  });
}

function countJson({ status, value }: ReportedCount): object {
  return status === 'published' ? { status, value } : { status };
}
