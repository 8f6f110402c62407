import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { errorCode } from '../disk/disk.ts';
import { LintelError } from '../lintel-error.ts';
import { AIM_FILES, type AimFile, MOST_STILL_BYTES } from './aim-folder.ts';
import type { AimingStatus } from './aiming-status.ts';

const MOST_STATUS_BYTES = 4_096;
/** `vision` writes the status twice a second; one that is older was left by a `vision` that is gone. */
const STALE_MS = 10_000;

const lit = z.enum(['lit', 'dark']);
const status = z.strictObject({
  endsInSeconds: z.number(),
  ended: z.enum(['pressed', 'time', 'stopped']).optional(),
  still: z.number(),
  coveredWhole: z.boolean(),
  phase: z.string(),
  fault: z.string().optional(),
  sign: lit,
  sense: lit,
  senseWired: z.boolean(),
  button: z.enum(['up', 'down']),
  presses: z.number(),
  hints: z.strictObject({ sharpness: z.number(), histogram: z.array(z.number()).length(16) }).optional(),
});

/** @returns undefined when this is no status. @throws never */
export function decodeStatus(bytes: Uint8Array): AimingStatus | undefined {
  try {
    return status.safeParse(JSON.parse(Buffer.from(bytes).toString())).data;
  } catch {
    return undefined;
  }
}

/** What `vision` shows while it is aimed, as another program reads it. */
export class ShownAiming {
  readonly #folder: string;
  /** When the status that was seen last was written, and since when that is known, by a clock that never jumps. */
  #writtenMs = Number.NaN;
  #knownMs = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @returns undefined when nothing is aimed. @throws LintelError AIMING_UNREADABLE */
  async status(): Promise<AimingStatus | undefined> {
    const bytes = await this.#read('status', MOST_STATUS_BYTES);
    if (!bytes) return undefined;
    const found = decodeStatus(bytes);
    if (found) return found;
    throw new LintelError('AIMING_UNREADABLE', 'what vision shows cannot be read: are both of one version?');
  }

  /** @returns the newest still, a JPEG file, or undefined. @throws LintelError AIMING_UNREADABLE */
  still(): Promise<Uint8Array | undefined> {
    return this.#read('still', MOST_STILL_BYTES);
  }

  async #read(file: AimFile, mostBytes: number): Promise<Uint8Array | undefined> {
    const path = join(this.#folder, AIM_FILES[file]);
    try {
      const { mtimeMs, size } = await stat(path);
      if (size > mostBytes || (file === 'status' && this.#isStale(mtimeMs))) return undefined;
      return await readFile(path);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      const reason = error instanceof Error ? error.message : String(error);
      throw new LintelError('AIMING_UNREADABLE', `what vision shows cannot be read: ${reason}`, error);
    }
  }

  /** Only the first one goes by the wall clock: it may be set while aiming lasts, and then what was just written looks old. */
  #isStale(writtenMs: number): boolean {
    const nowMs = performance.now();
    if (writtenMs !== this.#writtenMs) {
      const ageMs = Number.isNaN(this.#writtenMs) ? Date.now() - writtenMs : 0;
      this.#writtenMs = writtenMs;
      this.#knownMs = nowMs - ageMs;
    }
    return nowMs - this.#knownMs > STALE_MS;
  }
}
