import { z } from 'zod';
import { LintelError } from '../lintel-error.ts';
import { openCheckpoint } from './checkpoint.ts';
import { EvidenceBroken } from './evidence-error.ts';
import { leafHash, MerkleTree } from './merkle-tree.ts';
import { decodeRecord, type EvidenceRecord } from './record.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const headSchema = z.strictObject({
  format: z.literal('lintel-evidence-1'),
  publicKey: hash,
  first: z.int().min(0).max(0xffff_ffff),
  previous: hash,
  peaks: z.array(hash).max(32),
  checkpoint: z.string().max(2_000),
});

/** Where a log stands: all that the next record follows from. */
export interface LogPlace {
  readonly tree: MerkleTree;
  /** The leaf hash of the last record. */
  readonly previous: Uint8Array;
}

/**
 * The first line of a segment: what stands before its records, and the signed checkpoint over that. So a segment can be
 * checked, and the log goes on, when older segments are gone.
 */
export interface SegmentHead extends LogPlace {
  readonly publicKey: Uint8Array;
  readonly checkpoint: string;
}

export const BEGINNING: LogPlace = { tree: new MerkleTree(), previous: new Uint8Array(32) };

const NAME = /^[0-9]{10}[.]evidence$/;

/** Segments are named after their first record, so their names sort as they follow each other. */
export function segmentName(first: number): string {
  return `${first}`.padStart(10, '0').concat('.evidence');
}

export function isSegmentName(name: string): boolean {
  return NAME.test(name);
}

export function encodeHead({ publicKey, tree, previous, checkpoint }: SegmentHead): string {
  return JSON.stringify({
    format: 'lintel-evidence-1',
    publicKey: hex(publicKey),
    first: tree.size,
    previous: hex(previous),
    peaks: tree.peaks.map(hex),
    checkpoint,
  });
}

/** @throws EvidenceBroken when this is no such line, or its checkpoint is not the key's over just these peaks */
export function decodeHead(line: string): SegmentHead {
  const { publicKey, tree, previous, checkpoint } = parseHead(line);
  const signed = openCheckpoint(checkpoint, publicKey);
  if (signed.size !== tree.size || Buffer.compare(signed.root, tree.root()) !== 0) {
    throw new EvidenceBroken('damaged', 'its checkpoint is not one over the records before it', tree.size);
  }
  return { publicKey, tree, previous, checkpoint };
}

/**
 * Adds the records of a segment to `place.tree`, one by one.
 * @param lines those after the head
 * @param added is told of each once it is in the tree
 * @returns the leaf hash of the last record
 * @throws EvidenceBroken at the first that is no record, or does not follow from the one before
 */
export function replay(
  lines: readonly string[],
  place: LogPlace,
  added: (record: EvidenceRecord) => void,
): Uint8Array {
  const { tree } = place;
  let { previous } = place;
  for (const line of lines) {
    const record = read(line, tree.size);
    if (record.previous !== hex(previous)) {
      throw new EvidenceBroken(
        'damaged',
        `record ${tree.size} does not follow from the one before it: one of the two was changed`,
        tree.size,
      );
    }
    previous = leafHash(Buffer.from(line));
    tree.add(previous);
    added(record);
  }
  return previous;
}

/** The lines of a segment. @throws EvidenceBroken when the last one is not ended */
export function linesOf(bytes: Uint8Array): [head: string, ...records: string[]] {
  const lines = new TextDecoder().decode(bytes).split('\n');
  if (lines.pop() !== '') throw new EvidenceBroken('damaged', 'its last line is not whole');
  const [head = '', ...records] = lines;
  return [head, ...records];
}

function read(line: string, expected: number): EvidenceRecord {
  try {
    const record = decodeRecord(line);
    if (record.record === expected) return record;
    throw new EvidenceBroken(
      'damaged',
      `where record ${expected} should be, there is record ${record.record}`,
      expected,
    );
  } catch (error) {
    if (error instanceof EvidenceBroken || !(error instanceof LintelError)) throw error;
    throw new EvidenceBroken('damaged', `record ${expected} is not one: ${error.message}`, expected);
  }
}

function parseHead(line: string): SegmentHead {
  try {
    const { publicKey, first, previous, peaks, checkpoint } = headSchema.parse(JSON.parse(line));
    const tree = new MerkleTree(first, peaks.map(bytes));
    const head = { publicKey: bytes(publicKey), tree, previous: bytes(previous), checkpoint };
    if (encodeHead(head) === line) return head;
  } catch {
    // Said below: it is not known what it should have been.
  }
  throw new EvidenceBroken('damaged', 'it does not begin as evidence does');
}

function hex(value: Uint8Array): string {
  return Buffer.from(value).toString('hex');
}

function bytes(text: string): Uint8Array {
  return Buffer.from(text, 'hex');
}
