import { fingerprint } from '../wire/fingerprint.ts';
import { openCheckpoint, type TreeHead } from './checkpoint.ts';
import { EvidenceBroken } from './evidence-error.ts';
import type { EvidenceRecord } from './record.ts';
import { decodeHead, type LogPlace, linesOf, replay, segmentName } from './segment.ts';

/** One file of evidence, as it was found. */
export interface EvidenceFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface EvidenceToVerify {
  /** Oldest first. */
  readonly segments: readonly EvidenceFile[];
  /** The newest checkpoint that lies with them. */
  readonly checkpoint?: EvidenceFile | undefined;
  /** The fingerprint that the key must have. */
  readonly key?: string | undefined;
  /** A checkpoint that was kept elsewhere, told which records there are and whose key signed them. */
  readonly kept?: ((publicKey: Uint8Array, records: readonly EvidenceRecord[]) => TreeHead) | undefined;
}

export interface VerifiedEvidence {
  readonly publicKey: Uint8Array;
  /** The first record that is there; those before were removed to make room. */
  readonly first: number;
  readonly records: readonly EvidenceRecord[];
  /** Of how many records, from the first ever, the newest checkpoint was signed over. */
  readonly signed: number;
}

/**
 * Checks that each record follows from the one before, and that the checkpoints were signed over just these records.
 * Needs nothing but what it is given: the public key stands in the evidence, and its fingerprint is to be compared.
 * @throws EvidenceBroken with the first record that does not hold
 */
export function verifyEvidence({ segments, checkpoint, key, kept }: EvidenceToVerify): VerifiedEvidence {
  const log = new ReplayedLog();
  for (const { name, bytes } of segments) inFile(name, () => log.take(name, bytes));
  const { publicKey } = log;
  if (key !== undefined && key !== fingerprint(publicKey)) {
    throw new EvidenceBroken(
      'key',
      `this evidence is signed by the key ${fingerprint(publicKey)}, not by ${key}`,
    );
  }
  if (checkpoint) {
    inFile(checkpoint.name, () => {
      log.hold(openCheckpoint(Buffer.from(checkpoint.bytes).toString(), publicKey));
    });
  }
  if (kept) inFile('the checkpoint that was kept', () => log.hold(kept(publicKey, log.records)));
  return { publicKey, first: log.first, records: log.records, signed: log.signed };
}

class ReplayedLog {
  readonly records: EvidenceRecord[] = [];
  first = 0;
  signed = 0;
  #publicKey: Uint8Array | undefined;
  #place: LogPlace | undefined;
  /** The root over each number of records. */
  readonly #roots = new Map<number, Uint8Array>();

  get publicKey(): Uint8Array {
    if (!this.#publicKey) throw new EvidenceBroken('missing', 'there are no records here', 0);
    return this.#publicKey;
  }

  take(name: string, bytes: Uint8Array): void {
    const [line, ...lines] = linesOf(bytes);
    const head = decodeHead(line);
    const { tree, publicKey } = head;
    if (this.#publicKey && Buffer.compare(this.#publicKey, publicKey) !== 0) {
      throw new EvidenceBroken('key', 'it is signed by another key than the one before', tree.size);
    }
    if (this.#place) this.#mustFollow(name, head);
    else this.first = tree.size;
    this.#publicKey = publicKey;
    this.signed = tree.size;
    this.#roots.set(tree.size, tree.root());
    const previous = replay(lines, head, (record) => {
      this.records.push(record);
      this.#roots.set(tree.size, tree.root());
    });
    this.#place = { tree, previous };
  }

  /** Holds a checkpoint's head against the records. */
  hold({ size, root }: TreeHead): void {
    const end = this.#place?.tree.size ?? 0;
    if (size > end) {
      throw new EvidenceBroken(
        'missing',
        `it is over ${size} records, and those from ${end} on are gone`,
        end,
      );
    }
    const found = this.#roots.get(size);
    if (!found) {
      throw new EvidenceBroken(
        'missing',
        `it is over ${size} records, which were removed: those that are here begin with ${this.first}`,
      );
    }
    if (Buffer.compare(found, root) !== 0) {
      throw new EvidenceBroken('damaged', `it was signed over other records than the first ${size} of these`);
    }
    this.signed = Math.max(this.signed, size);
  }

  #mustFollow(name: string, head: LogPlace): void {
    const end = this.#place!.tree.size;
    if (head.tree.size > end) {
      throw new EvidenceBroken(
        'missing',
        `records ${end} to ${head.tree.size - 1} are gone: there is no ${segmentName(end)}`,
        end,
      );
    }
    const follows =
      head.tree.size === end && Buffer.compare(head.tree.root(), this.#place!.tree.root()) === 0;
    if (!follows) {
      throw new EvidenceBroken('damaged', `${name} does not follow from the records before it`, end);
    }
  }
}

function inFile<Result>(name: string, check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof EvidenceBroken)) throw error;
    throw new EvidenceBroken(error.fault, `${name}: ${error.message}`, error.record);
  }
}
