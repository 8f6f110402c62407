import type { Report } from '../../wire/report.ts';

/** When a report became true, in milliseconds since 1970. */
export function windowEndMs({ windowStartSeconds, windowSeconds }: Report): number {
  return (windowStartSeconds + windowSeconds) * 1000;
}

/** Whether the next window of the same length is over, too: then a report has waited, and tells of the past. */
export function isPast(report: Report, nowMs: number): boolean {
  return windowEndMs(report) + report.windowSeconds * 1000 <= nowMs;
}
