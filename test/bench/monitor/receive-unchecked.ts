import type { ReceivedReport } from '../../../src/monitor/received-report.ts';
import { fingerprint } from '../../../src/wire/fingerprint.ts';
import { decodeReport } from '../../../src/wire/report-codec.ts';
import { parseReportTopic } from '../../../src/wire/report-topic.ts';

/** As `receiveReportAsync`, but believes every signature: what everything else costs. */
export async function receiveReportUnchecked(topic: string, bytes: Uint8Array): Promise<ReceivedReport> {
  const { site, device } = parseReportTopic(topic)!;
  return { site, device, report: decodeReport(bytes), signedBy: fingerprint(bytes.subarray(-98, -66)) };
}
