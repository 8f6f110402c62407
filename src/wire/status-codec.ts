import type { Fields } from './fields.ts';
import { lintel } from './generated/schema.js';
import type { DeviceAddress } from './report-topic.ts';
import type { Signer } from './signature.ts';
import { SCHEMA_VERSION, SignedFormat } from './signed-format.ts';
import type { DeviceState, Status } from './status.ts';

const { State, Sense, Status: Message } = lintel.v1;

const STATE_CODES: Record<DeviceState, number> = {
  running: State.STATE_RUNNING,
  'fault-sign': State.STATE_FAULT_SIGN,
  'fault-device': State.STATE_FAULT_DEVICE,
  'fault-model': State.STATE_FAULT_MODEL,
  lost: State.STATE_LOST,
};
const SENSE_CODES: Record<Status['sense'], number> = {
  wired: Sense.SENSE_WIRED,
  'read-back': Sense.SENSE_READ_BACK,
};
const UINT32_MAX = 0xffff_ffff;
const SHA256_BYTES = 32;

/** The size of every status, whatever it says. */
export const STATUS_BYTES = 238;

const format = new SignedFormat<Status, lintel.v1.Status.$Properties>({
  kind: 'Status',
  byteLength: STATUS_BYTES,
  encode: toBytes,
  decode: (bytes) => Message.decode(bytes),
  read: fromFields,
  findFault,
});

/** @throws LintelError STATUS_INVALID when a value is out of its range */
export function encodeStatus(status: Status, address: DeviceAddress, signer: Signer): Uint8Array {
  return format.encode(status, address, signer);
}

/**
 * Only the very bytes that `encodeStatus` could write are a status. Whose signature it bears, `signerOf` says.
 * @throws LintelError STATUS_MALFORMED
 */
export function decodeStatus(bytes: Uint8Array): Status {
  return format.decode(bytes);
}

function toBytes(status: Status, publicKey: Uint8Array): Uint8Array {
  const [major, minor, patch] = status.software;
  return Message.encode({
    schemaVersion: SCHEMA_VERSION,
    state: STATE_CODES[status.state],
    sense: SENSE_CODES[status.sense],
    timeSeconds: status.timeSeconds,
    software: { major, minor, patch },
    modelsSha256: status.modelsSha256,
    settingsSha256: status.settingsSha256,
    evidenceRecords: status.evidence.size,
    evidenceRootSha256: status.evidence.root,
    publicKey,
  }).finish();
}

function fromFields(fields: Fields<lintel.v1.Status.$Properties>): Status {
  const software = fields.inner('software');
  return {
    state: fields.name('state', STATE_CODES),
    sense: fields.name('sense', SENSE_CODES),
    timeSeconds: fields.number('timeSeconds'),
    software: [software.number('major'), software.number('minor'), software.number('patch')],
    modelsSha256: fields.bytes('modelsSha256'),
    settingsSha256: fields.bytes('settingsSha256'),
    evidence: { size: fields.number('evidenceRecords'), root: fields.bytes('evidenceRootSha256') },
  };
}

function findFault(status: Status): string | undefined {
  const { timeSeconds, software, modelsSha256, settingsSha256, evidence } = status;
  if (!isUint32(timeSeconds) || timeSeconds === 0) return `timeSeconds is ${timeSeconds}`;
  if (!software.every(isUint32)) return `software is ${software.join('.')}`;
  if (!isUint32(evidence.size)) return `evidence has ${evidence.size} records`;
  const isHashed = [modelsSha256, settingsSha256, evidence.root].every(
    ({ length }) => length === SHA256_BYTES,
  );
  return isHashed ? undefined : `a SHA-256 does not have ${SHA256_BYTES} bytes`;
}

function isUint32(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= UINT32_MAX;
}
