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
