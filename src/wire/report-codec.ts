import type { Fields } from './fields.ts';
import { lintel } from './generated/schema.js';
import type { CountStatus, Report, ReportedCount, ReportLevel } from './report.ts';
import { findReportFault } from './report-bounds.ts';
import type { DeviceAddress } from './report-topic.ts';
import type { Signer } from './signature.ts';
import { SCHEMA_VERSION, SignedFormat } from './signed-format.ts';

const { CountStatus: Status, Level, Report: Message } = lintel.v1;

const LEVEL_CODES: Record<ReportLevel, number> = { window: Level.LEVEL_WINDOW, day: Level.LEVEL_DAY };
const STATUS_CODES: Record<CountStatus, number> = {
  published: Status.COUNT_STATUS_PUBLISHED,
  'fewer-than-k': Status.COUNT_STATUS_FEWER_THAN_K,
  'not-measured': Status.COUNT_STATUS_NOT_MEASURED,
};

/** The size of every report, whatever it says. */
export const REPORT_BYTES = 160;

const format = new SignedFormat<Report, lintel.v1.Report.$Properties>({
  kind: 'Report',
  byteLength: REPORT_BYTES,
  encode: toBytes,
  decode: (bytes) => Message.decode(bytes),
  read: fromFields,
  findFault: findReportFault,
});

/**
 * @param address whose report it is: a report that is moved to another door's topic has no good signature
 * @throws LintelError REPORT_INVALID when a value is out of its range; nothing is cut to fit
 */
export function encodeReport(report: Report, address: DeviceAddress, signer: Signer): Uint8Array {
  return format.encode(report, address, signer);
}

/**
 * Only the very bytes that `encodeReport` could write are a report. Whose signature it bears, `signerOf` says.
 * @throws LintelError REPORT_MALFORMED
 */
export function decodeReport(bytes: Uint8Array): Report {
  return format.decode(bytes);
}

function toBytes(report: Report, publicKey: Uint8Array): Uint8Array {
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
    publicKey,
  }).finish();
}

function fromFields(fields: Fields<lintel.v1.Report.$Properties>): Report {
  return {
    level: fields.name('level', LEVEL_CODES),
    windowStartSeconds: fields.number('windowStartSeconds'),
    windowSeconds: fields.number('windowSeconds'),
    in: countFrom(fields.inner('countIn')),
    out: countFrom(fields.inner('countOut')),
    coveragePercent: fields.number('coveragePercent'),
    noiseDeviationThousandths: fields.number('noiseDeviationThousandths'),
    suppressBelow: fields.number('suppressBelow'),
    budget: { numerator: fields.number('budgetNumerator'), denominator: fields.number('budgetDenominator') },
  };
}

function countFrom(fields: Fields<lintel.v1.Count.$Properties>): ReportedCount {
  return { status: fields.name('status', STATUS_CODES), value: fields.number('value') };
}
