import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

export const PIECE_BYTES = 16;
const CHUNK_BYTES = 1 << 20;
const PAGE_BYTES = 4_096;
const FILTER_BITS = 24;

/** Bytes that are looked for, and what they are. */
export interface Piece {
  readonly form: string;
  readonly bytes: Uint8Array;
}

export interface Found {
  /** How many pieces of each form. */
  readonly pieces: Record<string, number>;
  /** The parts of the memory that they lie in. */
  readonly where: Set<string>;
  /** What was looked through. */
  bytes: number;
}

/** Looks for known pieces, beginning at multiples of four bytes, in all memory of another process that it may write. */
export class MemoryScan {
  /** A bit for each hash that a piece has: of its first and third word, and of its second and fourth. */
  readonly #odd = new Uint8Array(1 << (FILTER_BITS - 3));
  readonly #even = new Uint8Array(1 << (FILTER_BITS - 3));
  readonly #pieces = new Map<number, Piece[]>();
  readonly #chunk = new Uint8Array(CHUNK_BYTES + PIECE_BYTES);

  constructor(pieces: readonly Piece[]) {
    for (const piece of pieces) {
      const [first = 0, second = 0, third = 0, fourth = 0] = new Uint32Array(piece.bytes.slice().buffer);
      const key = hash(first, third);
      set(this.#odd, key);
      set(this.#even, hash(second, fourth));
      const others = this.#pieces.get(key);
      if (others) others.push(piece);
      else this.#pieces.set(key, [piece]);
    }
  }

  /** @param enough ends the scan when so many pieces were found */
  scan(pid: number, enough = Number.POSITIVE_INFINITY): Found {
    const found: Found = { pieces: {}, where: new Set(), bytes: 0 };
    const memory = openSync(`/proc/${pid}/mem`, 'r');
    let count = 0;
    try {
      for (const { at, length, name } of chunks(pid)) {
        if (count >= enough) break;
        // A little more than a chunk, for what lies across its end.
        const read = this.#read(memory, at, length);
        found.bytes += Math.min(read, CHUNK_BYTES);
        for (const { form } of this.#look(read)) {
          count++;
          found.pieces[form] = (found.pieces[form] ?? 0) + 1;
          found.where.add(name);
        }
      }
    } finally {
      closeSync(memory);
    }
    return found;
  }

  #read(memory: number, at: number, length: number): number {
    try {
      return readSync(memory, this.#chunk, 0, length, at);
    } catch {
      // Given back since the list was read.
      return 0;
    }
  }

  #look(length: number): Piece[] {
    const found: Piece[] = [];
    const words = new Uint32Array(this.#chunk.buffer, 0, length >> 2);
    for (const at of candidates(words, this.#odd, this.#even)) {
      const bytes = this.#chunk.subarray(4 * at, 4 * at + PIECE_BYTES);
      for (const piece of this.#pieces.get(hash(words[at]!, words[at + 2]!)) ?? []) {
        if (Buffer.compare(piece.bytes, bytes) === 0) found.push(piece);
      }
    }
    return found;
  }
}

/** Where in `words` a piece may begin. This is all that is done for every byte. */
function candidates(words: Uint32Array, odd: Uint8Array, even: Uint8Array): number[] {
  const found: number[] = [];
  const end = words.length - 3;
  for (let at = 0; at < end; at++) {
    const first = words[at]!;
    // Most of memory, and no piece.
    if (first === 0) continue;
    if (has(odd, hash(first, words[at + 2]!)) && has(even, hash(words[at + 1]!, words[at + 3]!)))
      found.push(at);
  }
  return found;
}

function has(bits: Uint8Array, key: number): boolean {
  return (bits[key >>> 3]! & (1 << (key & 7))) !== 0;
}

function set(bits: Uint8Array, key: number): void {
  bits[key >>> 3]! |= 1 << (key & 7);
}

function hash(first: number, second: number): number {
  return (Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)) >>> (32 - FILTER_BITS);
}

/** All that is in the writable parts of a process's memory, in chunks that overlap by a piece. */
function* chunks(pid: number): Generator<{ at: number; length: number; name: string }> {
  const pages = openSync(`/proc/${pid}/pagemap`, 'r');
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const [name, from = '', to = ''] = /^([0-9a-f]+)-([0-9a-f]+) rw.*/.exec(line) ?? [];
      if (name === undefined) continue;
      for (const [begin, end] of present(pages, Number.parseInt(from, 16), Number.parseInt(to, 16))) {
        for (let at = begin; at < end; at += CHUNK_BYTES)
          yield { at, length: Math.min(end - at, CHUNK_BYTES + PIECE_BYTES), name };
      }
    }
  } finally {
    closeSync(pages);
  }
}

/** The runs of pages that were ever touched, be they swapped out (Linux, Documentation/admin-guide/mm/pagemap.rst). */
function present(pages: number, from: number, to: number): [number, number][] {
  const entries = Buffer.alloc((8 * (to - from)) / PAGE_BYTES);
  const length = readSync(pages, entries, 0, entries.length, (8 * from) / PAGE_BYTES);
  const runs: [number, number][] = [];
  for (let at = 0; at < length; at += 8) {
    if ((entries[at + 7]! & 0xc0) === 0) continue;
    const page = from + (at / 8) * PAGE_BYTES;
    const last = runs.at(-1);
    if (last?.[1] === page) last[1] += PAGE_BYTES;
    else runs.push([page, page + PAGE_BYTES]);
  }
  return runs;
}
