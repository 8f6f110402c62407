import { type CountStatus, REPORT_LEVELS, type Report, type ReportLevel } from '../../wire/report.ts';

const STATUSES: readonly CountStatus[] = ['published', 'fewer-than-k', 'not-measured'];

/** The columns of a report, in their order; `signer` comes before them. */
export const REPORT_COLUMNS = [
  'level',
  'start',
  'seconds',
  'in_status',
  'in_value',
  'out_status',
  'out_value',
  'coverage',
  'noise',
  'suppress_below',
  'budget_numerator',
  'budget_denominator',
] as const;

/** As a database gives it; PostgreSQL's driver has its long whole numbers as text. */
export type ReportRow = Readonly<Record<(typeof REPORT_COLUMNS)[number], number | string>>;

export function levelNumber(level: ReportLevel): number {
  return REPORT_LEVELS.indexOf(level);
}

/** The values of `REPORT_COLUMNS`. */
export function reportValues(report: Report): number[] {
  return [
    levelNumber(report.level),
    report.windowStartSeconds,
    report.windowSeconds,
    STATUSES.indexOf(report.in.status),
    report.in.value,
    STATUSES.indexOf(report.out.status),
    report.out.value,
    report.coveragePercent,
    report.noiseDeviationThousandths,
    report.suppressBelow,
    report.budget.numerator,
    report.budget.denominator,
  ];
}

export function reportFromRow(row: ReportRow): Report {
  const number = (column: keyof ReportRow) => Number(row[column]);
  return {
    level: REPORT_LEVELS[number('level')]!,
    windowStartSeconds: number('start'),
    windowSeconds: number('seconds'),
    in: { status: STATUSES[number('in_status')]!, value: number('in_value') },
    out: { status: STATUSES[number('out_status')]!, value: number('out_value') },
    coveragePercent: number('coverage'),
    noiseDeviationThousandths: number('noise'),
    suppressBelow: number('suppress_below'),
    budget: { numerator: number('budget_numerator'), denominator: number('budget_denominator') },
  };
}
