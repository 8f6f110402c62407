import { LintelError } from '../lintel-error.ts';
import type { DeviceAddress } from '../wire/report-topic.ts';
import type { SignatureCheck } from '../wire/signature.ts';
import type { Status } from '../wire/status.ts';
import { decodeStatus } from '../wire/status-codec.ts';
import { parseStatusTopic } from '../wire/status-topic.ts';
import { checkSignature, checkSignatureAsync } from './received-report.ts';

/** A status and the door that it is about. */
export interface ReceivedStatus extends DeviceAddress {
  readonly status: Status;
  readonly signedBy: string;
}

/** @throws LintelError STATUS_MALFORMED, SIGNATURE_BAD */
export function receiveStatus(topic: string, bytes: Uint8Array): ReceivedStatus {
  const { from, status } = readStatus(topic, bytes);
  return { ...from, status, signedBy: checkSignature('Status', from, bytes) };
}

/** The same with its signature checked somewhere else. @throws LintelError STATUS_MALFORMED, SIGNATURE_BAD, and what `check` throws */
export async function receiveStatusAsync(
  topic: string,
  bytes: Uint8Array,
  check: SignatureCheck,
): Promise<ReceivedStatus> {
  const { from, status } = readStatus(topic, bytes);
  return { ...from, status, signedBy: await checkSignatureAsync('Status', from, bytes, check) };
}

function readStatus(topic: string, bytes: Uint8Array): { from: DeviceAddress; status: Status } {
  const from = parseStatusTopic(topic);
  if (!from) throw new LintelError('STATUS_MALFORMED', 'this is not a status: its topic is not that of one');
  return { from, status: decodeStatus(bytes) };
}

/** What a person is told of it: such as `hall/front is running: Lintel 0.1.0, key 21fe-…`. */
export function describeStatus({ site, device, status, signedBy }: ReceivedStatus): string {
  return `${site}/${device} ${WORDS[status.state]}: Lintel ${status.software.join('.')}, key ${signedBy}`;
}

const WORDS: Record<Status['state'], string> = {
  running: 'is running',
  'fault-sign': 'has a fault at its sign',
  'fault-device': 'has a fault',
  'fault-model': 'cannot load its face detector',
  lost: 'is not connected any more',
};
