import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Work on every byte of a plane, some ten times as fast as JavaScript. */
export interface NativePlanes {
  /**
   * Writes `height` rows of `width` bytes to `into`, from `at` on and every `intoStride` bytes: each byte the rounded
   * mean of `side` by `side` bytes of `plane`, whose rows begin every `stride` bytes.
   * @throws RangeError when that does not lie within the two arrays
   */
  shrink(
    plane: Uint8Array,
    stride: number,
    side: number,
    width: number,
    height: number,
    into: Uint8Array,
    at: number,
    intoStride: number,
  ): void;
  /** Makes all of `bytes` zero. */
  wipe(bytes: Uint8Array): void;
}

const file = fileURLToPath(new URL(`../../build/native/${process.arch}/planes.node`, import.meta.url));

/** Null where set-up has not built it: the same is then done in TypeScript. */
export const nativePlanes: NativePlanes | null = existsSync(file)
  ? createRequire(import.meta.url)(file)
  : null;
