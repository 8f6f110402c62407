import { getHeapStatistics } from 'node:v8';
import { LintelError } from '../../src/lintel-error.ts';
import { FuzzFailure, type FuzzTarget } from './target.ts';

/** What one decoding may take beyond a multiple of the bytes given: the rest is the collector's and the compiler's. */
const MEMORY_BYTES = 48 * 2 ** 20;

/** In use at most, far from what the thread has: who keeps more than that keeps something of every run. */
const KEPT_BYTES = 256 * 2 ** 20;

/** Nothing more can be tried in this thread. */
export class FuzzExhausted extends FuzzFailure {}

/** Control characters, and those that turn the direction of writing, would act on the terminal that shows them. */
const UNSHOWABLE = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

/**
 * Tries the target with these bytes.
 * @returns whether it took them; a LintelError is a refusal
 * @throws whatever else it throws, and FuzzFailure for memory out of measure or a refusal that is not one line
 */
export async function trial(target: FuzzTarget, bytes: Uint8Array): Promise<boolean> {
  const before = memoryBytes();
  const given = Uint8Array.from(bytes);
  const isTaken = await decodes(target, given);
  if (Buffer.compare(given, bytes) !== 0) throw new FuzzFailure('it has changed what it was given');
  const taken = memoryBytes() - before;
  const kept = getHeapStatistics().used_heap_size;
  if (kept > KEPT_BYTES) throw new FuzzExhausted(`it keeps memory: ${Math.round(kept / 2 ** 20)} MB`);
  if (taken > MEMORY_BYTES) throw new FuzzFailure(`it took ${Math.round(taken / 2 ** 20)} MB`);
  return isTaken;
}

async function decodes(target: FuzzTarget, bytes: Uint8Array): Promise<boolean> {
  try {
    await target.decode(bytes);
    return true;
  } catch (error) {
    if (!(error instanceof LintelError)) throw error;
    if (!UNSHOWABLE.test(error.message)) return false;
    throw new FuzzFailure(`its refusal cannot be shown as one line: ${JSON.stringify(error.message)}`);
  }
}

/** Memory that is in use or was since the collector last ran; so what was taken and let go in between counts, too. */
function memoryBytes(): number {
  const { used_heap_size, external_memory } = getHeapStatistics();
  return used_heap_size + external_memory;
}
