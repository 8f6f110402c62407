import type { StillSize } from './shrink-frame.ts';

/** Makes a JPEG file of a small covered picture. */
export interface StillEncoder {
  /** Where the picture is put before `encode`: three planes, one after another. */
  readonly planes: Uint8Array;
  /**
   * One at a time.
   * @returns a file of `MOST_STILL_BYTES` at most
   * @throws LintelError STILL_FAILED; this encoder is then of no more use
   */
  encode(): Promise<Uint8Array>;
  /** Wipes the picture; resolves when nothing is left of it. */
  close(): Promise<void>;
}

export type OpenEncoder = (size: StillSize) => StillEncoder;
