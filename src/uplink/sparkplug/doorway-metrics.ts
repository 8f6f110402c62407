import type { Report, ReportedCount, ReportLevel } from '../../wire/report.ts';
import type { Status } from '../../wire/status.ts';
import { windowEndMs } from '../profile/window-age.ts';
import type { DataType, Metric, MetricValue } from './metric.ts';

interface Field<Content> {
  readonly name: string;
  readonly type: DataType;
  /** @returns undefined where there is nothing to tell */
  value(content: Content, signed: Uint8Array): MetricValue | undefined;
}

/** The fields of a report, all of them and nothing else (promise P6). */
const REPORT_FIELDS: readonly Field<Report>[] = [
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
  { name: 'Signed', type: 'Bytes', value: (_, signed) => signed },
];

/** Likewise those of a status. */
const STATUS_FIELDS: readonly Field<Status>[] = [
  { name: 'State', type: 'String', value: (status) => status.state },
  { name: 'Sense', type: 'String', value: (status) => status.sense },
  { name: 'Software', type: 'String', value: (status) => status.software.join('.') },
  { name: 'Models SHA256', type: 'Bytes', value: (status) => status.modelsSha256 },
  { name: 'Settings SHA256', type: 'Bytes', value: (status) => status.settingsSha256 },
  { name: 'Signed', type: 'Bytes', value: (_, signed) => signed },
];

/** Where the metrics of each message stand; each has one set of current values. */
const FOLDERS = { window: 'Window', day: 'Day', status: 'Status' } as const;
export type MetricSet = ReportLevel | 'status';
export const METRIC_SETS = Object.keys(FOLDERS) as MetricSet[];

/**
 * What a report says. Every value has the time of the window's end, since that is when it became true.
 * @param signed the report's own bytes, which carry its signature on to wherever the metrics go
 */
export function reportMetrics(report: Report, signed: Uint8Array, isHistorical: boolean): Metric[] {
  const timestampMs = windowEndMs(report);
  return REPORT_FIELDS.map((field) => ({
    ...named(report.level, field),
    value: field.value(report, signed),
    timestampMs,
    isHistorical,
  }));
}

/** What a status says, as of the window's end at which it was written. */
export function statusMetrics(status: Status, signed: Uint8Array): Metric[] {
  const timestampMs = status.timeSeconds * 1000;
  return STATUS_FIELDS.map((field) => ({
    ...named('status', field),
    value: field.value(status, signed),
    timestampMs,
  }));
}

/** The same metrics before there is a message: a birth certificate names all that may ever come. */
export function unknownMetrics(set: MetricSet, timestampMs: number): Metric[] {
  const fields = set === 'status' ? STATUS_FIELDS : REPORT_FIELDS;
  return fields.map((field) => ({ ...named(set, field), value: undefined, timestampMs }));
}

function named(set: MetricSet, { name, type }: Pick<Metric, 'name' | 'type'>) {
  return { name: `${FOLDERS[set]}/${name}`, type };
}

/** 'Fewer than k' and 'not measured' are not zero. */
function published({ status, value }: ReportedCount): number | undefined {
  return status === 'published' ? value : undefined;
}
