import type { Report, ReportedCount } from '../../wire/report.ts';
import type { Status } from '../../wire/status.ts';
import { windowEndMs } from '../profile/window-age.ts';

/** The size of every state, whatever it says (promise P6). */
const STATE_BYTES = 768;

/**
 * A report as Home Assistant's templates read it. A count that was not published is null, which Home Assistant shows
 * as unknown: it is not zero.
 * @param signed the report's own bytes, which carry its signature along
 */
export function reportState(report: Report, signed: Uint8Array): Uint8Array {
  return padded({
    count_in: published(report.in),
    count_in_status: report.in.status,
    count_out: published(report.out),
    count_out_status: report.out.status,
    suppress_below: report.suppressBelow,
    window_start: isoTime(report.windowStartSeconds * 1000),
    window_end: isoTime(windowEndMs(report)),
    coverage_percent: report.coveragePercent,
    noise_deviation: report.noiseDeviationThousandths / 1000,
    budget: `${report.budget.numerator}/${report.budget.denominator}`,
    signed: Buffer.from(signed).toString('base64'),
  });
}

/** A status likewise. */
export function statusState(status: Status, signed: Uint8Array): Uint8Array {
  return padded({
    state: status.state,
    sense: status.sense,
    time: isoTime(status.timeSeconds * 1000),
    software: status.software.join('.'),
    models_sha256: Buffer.from(status.modelsSha256).toString('hex'),
    settings_sha256: Buffer.from(status.settingsSha256).toString('hex'),
    signed: Buffer.from(signed).toString('base64'),
  });
}

/** JSON may end in spaces, and one size tells nothing. */
function padded(state: object): Uint8Array {
  const text = JSON.stringify(state);
  if (text.length > STATE_BYTES) throw new RangeError(`a state of ${text.length} bytes, over ${STATE_BYTES}`);
  return Buffer.from(text.padEnd(STATE_BYTES));
}

function published({ status, value }: ReportedCount): number | null {
  return status === 'published' ? value : null;
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
