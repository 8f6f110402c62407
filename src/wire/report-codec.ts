import { LintelError } from '../lintel-error.ts';
import { lintel } from './generated/report.js';
import type { CountStatus, Report, ReportedCount, ReportLevel } from './report.ts';
import { findReportFault } from './report-bounds.ts';

const SCHEMA_VERSION = 1;
const { CountStatus: Status, Level, Report: Message } = lintel.v1;

const LEVEL_CODES: Record<ReportLevel, number> = { window: Level.LEVEL_WINDOW, day: Level.LEVEL_DAY };
const STATUS_CODES: Record<CountStatus, number> = {
  published: Status.COUNT_STATUS_PUBLISHED,
  'fewer-than-k': Status.COUNT_STATUS_FEWER_THAN_K,
  'not-measured': Status.COUNT_STATUS_NOT_MEASURED,
};

/** The size of every report, whatever it says. */
export const REPORT_BYTES = 60;

/** @throws LintelError REPORT_INVALID when a value is out of its range; nothing is cut to fit */
export function encodeReport(report: Report): Uint8Array {
  const fault = findReportFault(report);
  if (fault !== undefined) throw new LintelError('REPORT_INVALID', `this report cannot be sent: ${fault}`);
  return toBytes(report);
}

/**
 * Only the very bytes that `encodeReport` writes are a report: every field once, in order, nothing else, all values
 * in range. So there is no room in a report for anything that the schema does not name (promise P6).
 * @throws LintelError REPORT_MALFORMED
 */
export function decodeReport(bytes: Uint8Array): Report {
  if (bytes.length !== REPORT_BYTES) throw malformed(`it has ${bytes.length} bytes, not ${REPORT_BYTES}`);
  const report = fromBytes(bytes);
  const fault = findReportFault(report);
  if (fault !== undefined) throw malformed(fault);
  if (Buffer.compare(toBytes(report), bytes) !== 0)
    throw malformed('it holds more than the fields of a report');
  return report;
}

function toBytes(report: Report): Uint8Array {
  return Message.encode({
    schemaVersion: SCHEMA_VERSION,
    level: LEVEL_CODES[report.level],
    windowStartSeconds: report.windowStartSeconds,
    windowSeconds: report.windowSeconds,
    countIn: { status: STATUS_CODES[report.in.status], value: report.in.value },
    countOut: { status: STATUS_CODES[report.out.status], value: report.out.value },
    coveragePercent: report.coveragePercent,
    noiseDeviationThousandths: report.noiseDeviationThousandths,
    suppressBelow: report.suppressBelow,
    budgetNumerator: report.budget.numerator,
    budgetDenominator: report.budget.denominator,
  }).finish();
}

function fromBytes(bytes: Uint8Array): Report {
  const message = decodeMessage(bytes);
  const version = present('schemaVersion', message.schemaVersion);
  if (version !== SCHEMA_VERSION) throw malformed(`its schema version is ${version}, not ${SCHEMA_VERSION}`);
  return {
    level: nameOf('level', LEVEL_CODES, message.level),
    windowStartSeconds: present('windowStartSeconds', message.windowStartSeconds),
    windowSeconds: present('windowSeconds', message.windowSeconds),
    in: countFrom('countIn', message.countIn),
    out: countFrom('countOut', message.countOut),
    coveragePercent: present('coveragePercent', message.coveragePercent),
    noiseDeviationThousandths: present('noiseDeviationThousandths', message.noiseDeviationThousandths),
    suppressBelow: present('suppressBelow', message.suppressBelow),
    budget: {
      numerator: present('budgetNumerator', message.budgetNumerator),
      denominator: present('budgetDenominator', message.budgetDenominator),
    },
  };
}

function countFrom(name: string, count: lintel.v1.Count.$Properties | null | undefined): ReportedCount {
  return {
    status: nameOf(`${name}.status`, STATUS_CODES, count?.status),
    value: present(`${name}.value`, count?.value),
  };
}

function decodeMessage(bytes: Uint8Array) {
  try {
    return Message.decode(bytes);
  } catch (error) {
    throw malformed('it is not protobuf', error);
  }
}

function present(name: string, value: number | null | undefined): number {
  if (value == null) throw malformed(`${name} is missing`);
  return value;
}

function nameOf<Name extends string>(field: string, codes: Record<Name, number>, code?: number | null): Name {
  for (const name in codes) if (codes[name] === code) return name;
  throw malformed(`${field} is ${code ?? 'missing'}`);
}

function malformed(reason: string, cause?: unknown): LintelError {
  return new LintelError('REPORT_MALFORMED', `this is not a report: ${reason}`, cause);
}
