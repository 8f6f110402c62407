import { LintelError } from '../lintel-error.ts';
import type { Report, ReportedCount } from '../wire/report.ts';
import type { Trust } from './known-keys.ts';
import type { ReceivedReport } from './received-report.ts';

/**
 * One line for a person, such as `14:00–15:00 hall/front  in 23 ± 4  out fewer than 10  coverage 100 %`. The number
 * after ± is twice the noise's standard deviation, rounded: the exact count is that near in 96 of 100 reports.
 * @param timeZone such as 'Europe/Berlin'; the machine's own if not given
 * @param trust if given, and it is not the door's own key that signed the report, the line ends with that
 */
export function describeReport(received: ReceivedReport, timeZone?: string, trust?: Trust): string {
  const { site, device, report, signedBy } = received;
  return [
    `${describeWindow(report, timeZone)} ${site}/${device}`,
    `in ${describeCount(report.in, report)}`,
    `out ${describeCount(report.out, report)}`,
    `coverage ${report.coveragePercent} %`,
    ...(trust === 'unknown-key' ? [`signed by ${signedBy}, not known`] : []),
    ...(trust === 'other-key' ? [`SIGNED BY ANOTHER KEY, ${signedBy}`] : []),
  ].join('  ');
}

/** @throws LintelError TIME_ZONE_UNKNOWN */
export function checkTimeZone(timeZone: string | undefined): void {
  try {
    new Intl.DateTimeFormat('sv-SE', { timeZone });
  } catch (error) {
    throw new LintelError(
      'TIME_ZONE_UNKNOWN',
      `'${timeZone}' is not a time zone: give one like Europe/Berlin`,
      error,
    );
  }
}

function describeCount({ status, value }: ReportedCount, report: Report): string {
  switch (status) {
    case 'published':
      return `${value} ± ${Math.max(1, Math.round((2 * report.noiseDeviationThousandths) / 1000))}`;
    case 'fewer-than-k':
      return `fewer than ${report.suppressBelow}`;
    case 'not-measured':
      return 'not measured';
  }
}

function describeWindow({ level, windowStartSeconds, windowSeconds }: Report, timeZone?: string): string {
  const start = new Date(windowStartSeconds * 1000);
  // This locale writes dates and times as ISO 8601 does.
  const inZone = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('sv-SE', { ...options, timeZone });
  // By its middle: where another time zone holds, it began on the day before, or after.
  if (level === 'day') {
    const middle = new Date((windowStartSeconds + windowSeconds / 2) * 1000);
    return inZone({ dateStyle: 'short' }).format(middle);
  }
  const isWholeMinutes = windowStartSeconds % 60 === 0 && windowSeconds % 60 === 0;
  const time = inZone({ timeStyle: isWholeMinutes ? 'short' : 'medium' });
  return `${time.format(start)}–${time.format(new Date((windowStartSeconds + windowSeconds) * 1000))}`;
}
