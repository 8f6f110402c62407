import { LintelError } from '../lintel-error.ts';
import type { Report } from '../wire/report.ts';
import { decodeReport } from '../wire/report-codec.ts';
import { type DeviceAddress, parseReportTopic } from '../wire/report-topic.ts';

/** A report and the door that it is about. */
export interface ReceivedReport extends DeviceAddress {
  readonly report: Report;
}

/** @throws LintelError REPORT_MALFORMED */
export function receiveReport(topic: string, bytes: Uint8Array): ReceivedReport {
  const from = parseReportTopic(topic);
  if (!from)
    throw new LintelError('REPORT_MALFORMED', 'this is not a report: its topic is not one of reports');
  const report = decodeReport(bytes);
  if (report.level !== from.level) {
    throw new LintelError(
      'REPORT_MALFORMED',
      `this is a report of level '${report.level}' on the topic of another`,
    );
  }
  return { site: from.site, device: from.device, report };
}
