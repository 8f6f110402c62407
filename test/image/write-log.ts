import { type FileHandle, open } from 'node:fs/promises';
import { LintelError } from '../../src/lintel-error.ts';
import type { SeededRandom } from '../scene/seeded-random.ts';

/** As qemu is told to keep it. */
export const SECTOR_BYTES = 512;

const MAGIC = 0x6a_73_66_77_73_68_72n;
const FLUSHED = 1n;
const DISCARDED = 4n;
const HEAD_BYTES = 24;

/** One request, in sectors; `dataAt` is where in the log its bytes are. */
interface Request {
  readonly sector: number;
  readonly sectors: number;
  readonly flags: bigint;
  readonly dataAt: number;
}

/**
 * What a machine wrote to its card, request by request, as qemu's `blklogwrites` keeps it in the form of dm-log-writes (Linux,
 * Documentation/admin-guide/device-mapper/log-writes.rst).
 */
export class WriteLog {
  readonly #file: string;
  readonly #requests: readonly Request[];

  /** How many requests there are in a log, also in one that grows. @throws LintelError NO_WRITE_LOG */
  static async lengthOf(file: string): Promise<number> {
    await using log = await open(file);
    return lengthIn(await readAt(log, 0), file);
  }

  /** @throws LintelError NO_WRITE_LOG */
  static async read(file: string): Promise<WriteLog> {
    await using log = await open(file);
    const length = lengthIn(await readAt(log, 0), file);
    const requests: Request[] = [];
    let at = SECTOR_BYTES;
    while (requests.length < length) {
      const head = await readAt(log, at);
      if (head.length < HEAD_BYTES) break; // the machine ended while it wrote this
      const [sector, sectors, flags] = [0, 8, 16].map((field) => head.readBigUInt64LE(field));
      const dataAt = at + SECTOR_BYTES;
      requests.push({ sector: Number(sector), sectors: Number(sectors), flags: flags!, dataAt });
      at = dataAt + (flags! & DISCARDED ? 0 : Number(sectors) * SECTOR_BYTES);
    }
    return new WriteLog(file, requests);
  }

  private constructor(file: string, requests: readonly Request[]) {
    this.#file = file;
    this.#requests = requests;
  }

  /** The numbers of the requests that write to these sectors. */
  writesTo(firstSector: number, sectors: number): number[] {
    return [...this.#requests.entries()]
      .filter(
        ([, request]) =>
          request.sector < firstSector + sectors && request.sector + request.sectors > firstSector,
      )
      .map(([at]) => at);
  }

  /** Whether the card was told, between two requests, to keep what it had been given. */
  isFlushedBetween(from: number, to: number): boolean {
    return this.#requests.slice(from, to).some(({ flags }) => flags & FLUSHED);
  }

  /**
   * Writes to `card`, which is as it was before the first request, what a power cut after so many of them leaves there: all that
   * came before the last flush, and of each later request as many of its first sectors as luck has it, from none to all.
   */
  async leaveOn(card: string, requests: number, luck: SeededRandom): Promise<void> {
    await using from = await open(this.#file);
    await using to = await open(card, 'r+');
    const flushed = this.#requests.slice(0, requests).findLastIndex(({ flags }) => flags & FLUSHED);
    for (const [at, { sector, sectors, flags, dataAt }] of this.#requests.slice(0, requests).entries()) {
      if (flags & DISCARDED) continue;
      const kept = at < flushed ? sectors : Math.floor(luck.between(0, sectors + 1));
      const bytes = await readAt(from, dataAt, kept * SECTOR_BYTES);
      await to.write(bytes, 0, bytes.length, sector * SECTOR_BYTES);
    }
  }
}

function lengthIn(superblock: Buffer, file: string): number {
  if (superblock.length < HEAD_BYTES || superblock.readBigUInt64LE(0) !== MAGIC) {
    throw new LintelError('NO_WRITE_LOG', `${file} is no log of writes`);
  }
  return Number(superblock.readBigUInt64LE(16));
}

async function readAt(file: FileHandle, at: number, length = SECTOR_BYTES): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, at);
  return bytes.subarray(0, bytesRead);
}
