import type { Report, ReportedCount, ReportLevel } from '../../wire/report.ts';
import type { DataType, Metric, MetricValue } from './metric.ts';

interface Field {
  readonly name: string;
  readonly type: DataType;
  /** @returns undefined where the report tells nothing */
  value(report: Report, signed: Uint8Array): MetricValue | undefined;
}

/** The fields of a report, all of them and nothing else (promise P6). */
const FIELDS: readonly Field[] = [
  { name: 'In', type: 'Int64', value: (report) => published(report.in) },
  { name: 'In Status', type: 'String', value: (report) => report.in.status },
  { name: 'Out', type: 'Int64', value: (report) => published(report.out) },
  { name: 'Out Status', type: 'String', value: (report) => report.out.status },
  { name: 'Start', type: 'DateTime', value: (report) => report.windowStartSeconds * 1000 },
  { name: 'Seconds', type: 'Int64', value: (report) => report.windowSeconds },
  { name: 'Coverage', type: 'Int64', value: (report) => report.coveragePercent },
  { name: 'Noise Deviation', type: 'Double', value: (report) => report.noiseDeviationThousandths / 1000 },
  { name: 'Suppress Below', type: 'Int64', value: (report) => report.suppressBelow },
  { name: 'Budget', type: 'String', value: ({ budget }) => `${budget.numerator}/${budget.denominator}` },
  { name: 'Report', type: 'Bytes', value: (_, signed) => signed },
];

const FOLDERS: Record<ReportLevel, string> = { window: 'Window', day: 'Day' };

/**
 * What a report says. Every value has the time of the window's end, since that is when it became true.
 * @param signed the report's own bytes, which carry its signature on to wherever the metrics go
 */
export function reportMetrics(report: Report, signed: Uint8Array, isHistorical = false): Metric[] {
  const timestampMs = windowEndMs(report);
  return FIELDS.map(({ name, type, value }) => ({
    name: `${FOLDERS[report.level]}/${name}`,
    type,
    value: value(report, signed),
    timestampMs,
    isHistorical,
  }));
}

/** The same metrics before there is a report: a birth certificate names all that may ever come. */
export function unknownMetrics(level: ReportLevel, timestampMs: number): Metric[] {
  return FIELDS.map(({ name, type }) => ({
    name: `${FOLDERS[level]}/${name}`,
    type,
    value: undefined,
    timestampMs,
  }));
}

export function windowEndMs({ windowStartSeconds, windowSeconds }: Report): number {
  return (windowStartSeconds + windowSeconds) * 1000;
}

/** 'Fewer than k' and 'not measured' are not zero. */
function published({ status, value }: ReportedCount): number | undefined {
  return status === 'published' ? value : undefined;
}
