import { Worker } from 'node:worker_threads';
import type { CampaignMessage, CampaignProgress, CampaignWork } from './campaign-worker.ts';

const WORKER = new URL('./campaign-worker.ts', import.meta.url);
/** Processor time for a hundred runs, or for loading: who takes more does not end, however slow the machine. */
const HANG_MS = 30_000;
const LOOK_MS = 500;
const MOST_BYTES = 2 ** 20;
/** More than a run may ever keep, so that a trial finds it: a thread that is out of memory may end the whole program. */
const HEAP_MEGABYTES = 1024;

export interface CampaignOptions {
  /** URL of a module that exports TARGETS. */
  readonly targets: string;
  readonly target: string;
  readonly runs: number;
  readonly seed: number;
  /** Processor time after which a run hangs. */
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
  const watch = watchHang(worker, hangMs, () => fail(`no end after ${hangMs / 1000} s of processor time`));
  worker.on('message', (message: CampaignMessage) => {
    watch.progress();
    if (message.kind === 'failed') return fail(message.reason, message.bytes);
    progress = message.progress;
    if (message.kind === 'progress') onProgress(progress);
    else result.resolve(progress);
  });
  worker.on('error', (error) => fail(`it ended the thread: ${error.message}`));
  worker.on('exit', () => fail('it ended the thread'));
  try {
    return await result.promise;
  } finally {
    watch.end();
    await worker.terminate();
  }
}

function watchHang(worker: Worker, hangMs: number, hung: () => void) {
  let usedMs = 0;
  let progressAtMs = 0;
  const timer = setInterval(async () => {
    // Before it has started and after it has ended, a thread uses nothing.
    const { user, system } = await worker.cpuUsage().catch(() => ({ user: 0, system: 0 }));
    usedMs = (user + system) / 1000;
    if (usedMs - progressAtMs > hangMs) hung();
  }, LOOK_MS);
  const progress = () => {
    progressAtMs = usedMs;
  };
  return { progress, end: () => clearInterval(timer) };
}

function bytesIn(current: SharedArrayBuffer): Uint8Array {
  return new Uint8Array(current).slice(4, 4 + new DataView(current).getUint32(0));
}
