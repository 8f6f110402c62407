import { join } from 'node:path';
import { type Disk, errorCode } from '../disk/disk.ts';
import { replaceFile } from '../disk/replace-file.ts';
import { LintelError } from '../lintel-error.ts';
import type { Signer } from '../wire/signature.ts';
import { signCheckpoint, type TreeHead } from './checkpoint.ts';
import { EvidenceBroken } from './evidence-error.ts';
import { CHECKPOINT_NAME, type FoundLog, findLog, logFolder, type Segment, segmentsIn } from './found-log.ts';
import { leafHash, MerkleTree } from './merkle-tree.ts';
import { type EvidenceRecord, encodeRecord, type Fact } from './record.ts';
import { encodeHead, type LogPlace, segmentName } from './segment.ts';

/** Room for some 30 ordinary years; see docs/decisions/0025. */
const SIZES = { segmentBytes: 60_000, segments: 64 };

export interface EvidenceLogOptions {
  /** Each key has a folder of its own in it. */
  readonly folder: string;
  readonly disk: Disk;
  readonly signer: Signer;
  /** Smaller only in tests. */
  readonly sizes?: typeof SIZES;
}

/**
 * A device's evidence: records that are only ever added, and the signed checkpoint over them.
 *
 * Invariants: a segment is replaced whole, so a power cut leaves it with a record or without. A checkpoint is signed
 * only over records that last. Another segment is begun, and the oldest of too many removed, only once a checkpoint
 * over all records before lasts; the new segment's head keeps that one.
 */
export class EvidenceLog {
  readonly #folder: string;
  readonly #disk: Disk;
  readonly #signer: Signer;
  readonly #sizes: typeof SIZES;
  #place: LogPlace;
  #segment: Segment | undefined;
  #isSigned: boolean;
  #isPruned = false;
  /** Records of this segment, the last one last: what the next one may depend on. */
  readonly #recent: EvidenceRecord[];
  readonly #waiting: Fact[] = [];
  #working: Promise<void> = Promise.resolve();

  private constructor(folder: string, options: EvidenceLogOptions, found: FoundLog) {
    this.#folder = folder;
    this.#disk = options.disk;
    this.#signer = options.signer;
    this.#sizes = options.sizes ?? SIZES;
    this.#place = found.place;
    this.#segment = found.segment;
    this.#isSigned = found.isSigned;
    this.#recent = found.records;
  }

  /** @throws EvidenceBroken when what is there is not what was left; LintelError EVIDENCE_IO */
  static async open(options: EvidenceLogOptions): Promise<EvidenceLog> {
    const folder = logFolder(options.folder, options.signer.publicKey);
    try {
      return new EvidenceLog(folder, options, await findLog(folder, options));
    } catch (error) {
      throw explained(folder, error);
    }
  }

  /** Of the records that last. */
  get head(): TreeHead {
    return { size: this.#place.tree.size, root: this.#place.tree.root() };
  }

  /** The newest records, of this segment only. */
  get recent(): readonly EvidenceRecord[] {
    return this.#recent;
  }

  /** Resolves when all that was added lasts, or was refused. */
  get settled(): Promise<void> {
    return this.#working.catch(() => {});
  }

  /**
   * Takes a fact over for good. Resolves when no power cut can lose it any more. What the disk refuses is kept in
   * memory, and written with the next one, or by `retry`.
   * @throws LintelError EVIDENCE_IO
   */
  add(fact: Fact): Promise<void> {
    this.#waiting.push(fact);
    return this.retry();
  }

  /** Tries again to write what the disk refused. @throws LintelError EVIDENCE_IO: it is kept */
  retry(): Promise<void> {
    const turn = () => this.#writeAll();
    this.#working = this.#working.then(turn, turn);
    return this.#working;
  }

  async #writeAll(): Promise<void> {
    try {
      await this.#sign();
      for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
        await this.#write(next);
        this.#waiting.shift();
        await this.#sign();
      }
      await this.#prune();
    } catch (error) {
      throw explained(this.#folder, error);
    }
  }

  async #write(fact: Fact): Promise<void> {
    const { tree, previous } = this.#place;
    const { time, ...rest } = fact;
    const record = {
      record: tree.size,
      previous: Buffer.from(previous).toString('hex'),
      time,
      ...rest,
    } as EvidenceRecord;
    const line = encodeRecord(record);
    const segment = this.#segmentWith(`${line}\n`);
    await replaceFile(this.#disk, join(this.#folder, segmentName(segment.first)), Buffer.from(segment.text));
    const grown = new MerkleTree(tree.size, tree.peaks);
    const leaf = leafHash(Buffer.from(line));
    grown.add(leaf);
    if (segment.first !== this.#segment?.first) {
      this.#recent.length = 0;
      this.#isPruned = false;
    }
    this.#recent.push(record);
    this.#place = { tree: grown, previous: leaf };
    this.#segment = segment;
    this.#isSigned = false;
  }

  #segmentWith(line: string): Segment {
    const old = this.#segment;
    if (old && old.text.length + line.length <= this.#sizes.segmentBytes) {
      return { first: old.first, text: old.text + line };
    }
    const { publicKey } = this.#signer;
    const head = encodeHead({
      ...this.#place,
      publicKey,
      checkpoint: signCheckpoint(this.head, this.#signer),
    });
    return { first: this.#place.tree.size, text: `${head}\n${line}` };
  }

  async #sign(): Promise<void> {
    if (this.#isSigned) return;
    const note = signCheckpoint(this.head, this.#signer);
    await replaceFile(this.#disk, join(this.#folder, CHECKPOINT_NAME), Buffer.from(note));
    this.#isSigned = true;
  }

  async #prune(): Promise<void> {
    if (this.#isPruned) return;
    const names = segmentsIn(await this.#disk.list(this.#folder));
    for (const name of names.slice(0, -this.#sizes.segments)) {
      await this.#disk.remove(join(this.#folder, name));
      await this.#disk.syncDirectory(this.#folder);
    }
    this.#isPruned = true;
  }
}

function explained(folder: string, error: unknown): LintelError {
  if (error instanceof EvidenceBroken) {
    return new EvidenceBroken(
      error.fault,
      `the evidence in ${folder} is broken (${error.message}): copy the folder for whoever looks into it, and move it away; vision then begins another, and whoever has a checkpoint of this one will see that`,
      error.record,
    );
  }
  const code = errorCode(error);
  return new LintelError(
    'EVIDENCE_IO',
    code === 'ENOSPC' || code === 'EDQUOT'
      ? `the disk of ${folder} is full: make room on it`
      : `${folder} cannot be used (${code}): see that it exists and who may write in it`,
    error,
  );
}
