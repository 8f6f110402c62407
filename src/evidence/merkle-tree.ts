import { createHash } from 'node:crypto';

export const HASH_BYTES = 32;
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** The hash of a leaf (RFC 6962, section 2.1). */
export function leafHash(leaf: Uint8Array): Uint8Array {
  return createHash('sha256').update(LEAF).update(leaf).digest();
}

/**
 * The Merkle tree of RFC 6962, section 2.1, over leaves that are only ever added. Of all of them it keeps the roots of
 * the full subtrees, one for each bit that is set in its size, so it goes on from there without the leaves.
 */
export class MerkleTree {
  #size: number;
  /** Largest subtree first. */
  readonly #peaks: Uint8Array[];

  /** @throws RangeError when there is not one peak of 32 bytes for each set bit of the size */
  constructor(size = 0, peaks: readonly Uint8Array[] = []) {
    const isWhole = peaks.every(({ length }) => length === HASH_BYTES);
    if (!Number.isSafeInteger(size) || size < 0 || peaks.length !== setBits(size) || !isWhole) {
      throw new RangeError(`a tree of ${size} leaves has ${setBits(size)} peaks of ${HASH_BYTES} bytes`);
    }
    this.#size = size;
    this.#peaks = [...peaks];
  }

  get size(): number {
    return this.#size;
  }

  get peaks(): readonly Uint8Array[] {
    return [...this.#peaks];
  }

  /** @param leaf its hash */
  add(leaf: Uint8Array): void {
    let node = leaf;
    for (let rest = this.#size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      node = nodeHash(this.#peaks.pop()!, node);
    }
    this.#peaks.push(node);
    this.#size++;
  }

  root(): Uint8Array {
    const last = this.#peaks.at(-1);
    if (last === undefined) return createHash('sha256').digest();
    return this.#peaks.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last);
  }
}

function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return createHash('sha256').update(NODE).update(left).update(right).digest();
}

function setBits(size: number): number {
  return size.toString(2).replaceAll('0', '').length;
}
