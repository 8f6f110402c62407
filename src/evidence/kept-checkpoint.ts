import { signerOf } from '../wire/signature.ts';
import { decodeStatus, STATUS_BYTES } from '../wire/status-codec.ts';
import { openCheckpoint, type TreeHead } from './checkpoint.ts';
import { EvidenceBroken } from './evidence-error.ts';
import type { EvidenceRecord } from './record.ts';

/**
 * The head that a checkpoint from elsewhere states: a signed note, as a device keeps it, or a status, as it came from
 * the broker. A status is signed for a door, so it has to be one of the doors that the records name.
 * @throws EvidenceBroken; LintelError STATUS_MALFORMED
 */
export function keptCheckpoint(
  bytes: Uint8Array,
  publicKey: Uint8Array,
  records: readonly EvidenceRecord[],
): TreeHead {
  if (bytes.length !== STATUS_BYTES || bytes[0] === 'l'.charCodeAt(0)) {
    return openCheckpoint(Buffer.from(bytes).toString(), publicKey);
  }
  const { evidence } = decodeStatus(bytes);
  const isOurs = records.some((record) => {
    const signer = record.what === 'started' && signerOf('Status', record, bytes);
    return signer && Buffer.compare(signer, publicKey) === 0;
  });
  if (!isOurs) {
    throw new EvidenceBroken(
      'signature',
      'the status is not signed by this key for a door that the records name',
    );
  }
  return evidence;
}
