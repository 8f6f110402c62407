import { Worker } from 'node:worker_threads';
import type { CampaignMessage, CampaignProgress, CampaignWork } from './campaign-worker.ts';

const WORKER = new URL('./campaign-worker.ts', import.meta.url);
/** Neither loading nor a hundred runs take a tenth of it on the slowest machine: who takes longer does not end. */
const HANG_MS = 60_000;
const MOST_BYTES = 2 ** 20;
const HEAP_MEGABYTES = 256;

export interface CampaignOptions {
  /** URL of a module that exports TARGETS. */
  readonly targets: string;
  readonly target: string;
  readonly runs: number;
  readonly seed: number;
  readonly hangMs?: number;
  readonly onProgress?: (progress: CampaignProgress) => void;
}

export interface CampaignResult extends CampaignProgress {
  readonly failure?: { readonly reason: string; readonly bytes: Uint8Array };
}

/**
 * Tries one decoder with many bytes, the same ones for the same seed, in a thread of its own: one that hangs, or takes
 * all memory, is found and ended, and what it was given at that moment is known.
 */
export async function campaign({
  targets,
  target,
  runs,
  seed,
  hangMs = HANG_MS,
  onProgress = () => {},
}: CampaignOptions): Promise<CampaignResult> {
  const current = new SharedArrayBuffer(4 + MOST_BYTES);
  const workerData: CampaignWork = { targets, target, runs, seed, current };
  const worker = new Worker(WORKER, {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
  });
  const result = Promise.withResolvers<CampaignResult>();
  let progress: CampaignProgress = { runs: 0, taken: 0 };
  const fail = (reason: string, bytes = bytesIn(current)) =>
    result.resolve({ ...progress, failure: { reason, bytes } });
  const hung = () => fail(`no answer for ${hangMs / 1000} s`);
  let guard = setTimeout(hung, HANG_MS);
  worker.on('message', (message: CampaignMessage) => {
    clearTimeout(guard);
    guard = setTimeout(hung, hangMs);
    if (message.kind === 'failed') return fail(message.reason, message.bytes);
    progress = message.progress;
    if (message.kind === 'progress') onProgress(progress);
    else result.resolve(progress);
  });
  worker.on('error', (error) => fail(`it ended the thread: ${error.message}`));
  try {
    return await result.promise;
  } finally {
    clearTimeout(guard);
    await worker.terminate();
  }
}

function bytesIn(current: SharedArrayBuffer): Uint8Array {
  return new Uint8Array(current).slice(4, 4 + new DataView(current).getUint32(0));
}
