import { LintelError } from '../lintel-error.ts';
import { fingerprint } from '../wire/fingerprint.ts';
import type { Report } from '../wire/report.ts';
import { decodeReport } from '../wire/report-codec.ts';
import { type DeviceAddress, parseReportTopic } from '../wire/report-topic.ts';
import { type SignedKind, signerOf, signerOfAsync } from '../wire/signature.ts';

/** A report and the door that it is about. */
export interface ReceivedReport extends DeviceAddress {
  readonly report: Report;
  /** The fingerprint of the key whose good signature it bears; whose key that is, `KnownKeys` says. */
  readonly signedBy: string;
}

/** @throws LintelError REPORT_MALFORMED, SIGNATURE_BAD */
export function receiveReport(topic: string, bytes: Uint8Array): ReceivedReport {
  const { address, report } = readReport(topic, bytes);
  return { ...address, report, signedBy: checkSignature('Report', address, bytes) };
}

/** The same with its signature checked on another thread. @throws LintelError REPORT_MALFORMED, SIGNATURE_BAD */
export async function receiveReportAsync(topic: string, bytes: Uint8Array): Promise<ReceivedReport> {
  const { address, report } = readReport(topic, bytes);
  return { ...address, report, signedBy: await checkSignatureAsync('Report', address, bytes) };
}

/** @returns the fingerprint of the key that signed it. @throws LintelError SIGNATURE_BAD */
export function checkSignature(kind: SignedKind, address: DeviceAddress, bytes: Uint8Array): string {
  return named(kind, signerOf(kind, address, bytes));
}

/** The same on another thread. @throws LintelError SIGNATURE_BAD */
export async function checkSignatureAsync(
  kind: SignedKind,
  address: DeviceAddress,
  bytes: Uint8Array,
): Promise<string> {
  return named(kind, await signerOfAsync(kind, address, bytes));
}

function readReport(topic: string, bytes: Uint8Array): { address: DeviceAddress; report: Report } {
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
  return { address: { site: from.site, device: from.device }, report };
}

function named(kind: SignedKind, publicKey: Uint8Array | undefined): string {
  if (publicKey) return fingerprint(publicKey);
  throw new LintelError(
    'SIGNATURE_BAD',
    `this ${kind.toLowerCase()} is not to be trusted: its signature is not good, so it was changed, or made for another door`,
  );
}
