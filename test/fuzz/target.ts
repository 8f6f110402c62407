import { isDeepStrictEqual } from 'node:util';

/** A decoder, and what it is to be tried with. */
export interface FuzzTarget {
  readonly name: string;
  /** What it takes as it is. */
  readonly seeds: readonly Uint8Array[];
  /** Pieces that mean something to it. */
  readonly tokens?: readonly Uint8Array[];
  /**
   * Decodes the bytes, and sees that what comes out is right. A `LintelError` is a refusal; any other error is a
   * failure, as are not coming to an end and taking memory that the size of the bytes does not account for.
   */
  decode(bytes: Uint8Array): unknown;
}

export class FuzzFailure extends Error {}

/** @throws FuzzFailure */
export function mustBeSame(found: unknown, expected: unknown, what: string): void {
  if (!isDeepStrictEqual(found, expected)) throw new FuzzFailure(`${what} does not come back as it was`);
}

export function bytesOf(text: string): Uint8Array {
  return Buffer.from(text);
}
