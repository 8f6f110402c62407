import type { ReportedCount } from '../../wire/report.ts';
import type { ReportAtDoor } from '../store/report-store.ts';

const HEADER = [
  'site',
  'door',
  'level',
  'window_start',
  'window_seconds',
  'in',
  'in_status',
  'out',
  'out_status',
  'coverage_percent',
  'noise_standard_deviation',
  'suppressed_below',
];

/**
 * Reports as a table, one a line (RFC 4180). A count that was not published has an empty field, and its status says why: it is
 * not to be taken for zero.
 */
export function reportCsv(reports: readonly ReportAtDoor[]): string {
  const rows = reports.map(({ site, device, report }) => [
    site,
    device,
    report.level,
    new Date(report.windowStartSeconds * 1_000).toISOString(),
    report.windowSeconds,
    ...count(report.in),
    ...count(report.out),
    report.coveragePercent,
    report.noiseDeviationThousandths / 1_000,
    report.suppressBelow,
  ]);
  return [HEADER, ...rows].map((row) => `${row.map(csvField).join(',')}\r\n`).join('');
}

/** A spreadsheet calculates what begins with one of these signs, also after a tab or a line's end. */
const FORMULA = /^[=+\-@\t\r\n]/;

/** Quoted where it has to be; what a spreadsheet would take for a formula is made text. */
export function csvField(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function count({ status, value }: ReportedCount): (string | number)[] {
  return [status === 'published' ? value : '', status];
}
