import { join } from 'node:path';
import type { Disk } from '../disk/disk.ts';
import { readReplaced } from '../disk/replace-file.ts';
import { fingerprint } from '../wire/fingerprint.ts';
import type { Signer } from '../wire/signature.ts';
import { openCheckpoint, type TreeHead } from './checkpoint.ts';
import { EvidenceBroken } from './evidence-error.ts';
import type { EvidenceRecord } from './record.ts';
import {
  BEGINNING,
  decodeHead,
  isSegmentName,
  type LogPlace,
  linesOf,
  replay,
  segmentName,
} from './segment.ts';

export const CHECKPOINT_NAME = 'checkpoint';
export const MAX_EVIDENCE_FILE_BYTES = 65_536;

/** A segment as it is written: the number of its first record, and all of its lines. */
export interface Segment {
  readonly first: number;
  readonly text: string;
}

interface LogOwner {
  readonly disk: Disk;
  readonly signer: Signer;
}

/** Where the evidence of a key lies. */
export function logFolder(folder: string, publicKey: Uint8Array): string {
  return join(folder, fingerprint(publicKey));
}

/** The segments among these names, oldest first. */
export function segmentsIn(names: readonly string[]): string[] {
  return names.filter(isSegmentName).sort();
}

/** A log as it lies on the disk. */
export interface FoundLog {
  readonly place: LogPlace;
  readonly segment: Segment | undefined;
  readonly isSigned: boolean;
  readonly records: EvidenceRecord[];
}

/**
 * Reads the newest segment, and holds the checkpoint against it.
 * @throws EvidenceBroken when this is not what was left
 */
export async function findLog(folder: string, { disk, signer }: LogOwner): Promise<FoundLog> {
  await disk.makeDirectory(folder);
  const names = await disk.list(folder);
  for (const name of names) if (name.endsWith('.tmp')) await disk.remove(join(folder, name));
  const signed = names.includes(CHECKPOINT_NAME) ? await signedHead(folder, disk, signer) : undefined;
  const name = segmentsIn(names).at(-1);
  if (name === undefined) {
    if (signed && signed.size > 0) throw missing(signed.size, 0);
    return { place: BEGINNING, segment: undefined, isSigned: true, records: [] };
  }
  const bytes = await readReplaced(disk, join(folder, name), MAX_EVIDENCE_FILE_BYTES);
  const [first, ...lines] = linesOf(bytes);
  const head = decodeHead(first);
  if (Buffer.compare(head.publicKey, signer.publicKey) !== 0 || segmentName(head.tree.size) !== name) {
    throw new EvidenceBroken('key', `${name} is not a segment of this device's evidence`);
  }
  const { tree } = head;
  const segment = { first: tree.size, text: Buffer.from(bytes).toString() };
  const roots = new Map([[tree.size, tree.root()]]);
  const records: EvidenceRecord[] = [];
  const previous = replay(lines, head, (record) => {
    records.push(record);
    roots.set(tree.size, tree.root());
  });
  if (signed && signed.size > tree.size) throw missing(signed.size, tree.size);
  const root = signed && roots.get(signed.size);
  if (signed && root && Buffer.compare(root, signed.root) !== 0) {
    throw new EvidenceBroken('damaged', 'these are not the records that the checkpoint was signed over');
  }
  return { place: { tree, previous }, segment, isSigned: signed?.size === tree.size, records };
}

async function signedHead(folder: string, disk: Disk, signer: Signer): Promise<TreeHead> {
  const note = await readReplaced(disk, join(folder, CHECKPOINT_NAME), MAX_EVIDENCE_FILE_BYTES);
  return openCheckpoint(Buffer.from(note).toString(), signer.publicKey);
}

function missing(signed: number, found: number): EvidenceBroken {
  return new EvidenceBroken(
    'missing',
    `the checkpoint was signed over ${signed} records, of which ${found} are there`,
    found,
  );
}
