import { LintelError } from '../lintel-error.ts';
import { fingerprint } from '../wire/fingerprint.ts';
import { perKey } from '../wire/per-key.ts';
import type { Report } from '../wire/report.ts';
import { decodeReport } from '../wire/report-codec.ts';
import { type DeviceAddress, parseReportTopic } from '../wire/report-topic.ts';
import { type SignatureCheck, type SignedKind, signerOf, signerOfAsync } from '../wire/signature.ts';

const fingerprintOf = perKey(fingerprint);

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

/** The same with its signature checked somewhere else. @throws LintelError REPORT_MALFORMED, SIGNATURE_BAD, and what `check` throws */
export async function receiveReportAsync(
  topic: string,
  bytes: Uint8Array,
  check: SignatureCheck,
): Promise<ReceivedReport> {
  const { address, report } = readReport(topic, bytes);
  const signedBy = await checkSignatureAsync('Report', address, bytes, check);
  return { site: address.site, device: address.device, report, signedBy };
}

/** @returns the fingerprint of the key that signed it. @throws LintelError SIGNATURE_BAD */
export function checkSignature(kind: SignedKind, address: DeviceAddress, bytes: Uint8Array): string {
  return named(kind, signerOf(kind, address, bytes));
}

/** The same, checked somewhere else. @throws LintelError SIGNATURE_BAD, and what `check` throws */
export async function checkSignatureAsync(
  kind: SignedKind,
  address: DeviceAddress,
  bytes: Uint8Array,
  check: SignatureCheck,
): Promise<string> {
  return named(kind, await signerOfAsync(kind, address, bytes, check));
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
  if (publicKey) return fingerprintOf(publicKey);
  throw new LintelError(
    'SIGNATURE_BAD',
    `this ${kind.toLowerCase()} is not to be trusted: its signature is not good, so it was changed, or made for another door`,
  );
}
