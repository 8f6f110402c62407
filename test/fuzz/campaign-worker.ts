import { parentPort, workerData } from 'node:worker_threads';
import fc from 'fast-check';
import { mutations } from './mutate.ts';
import type { FuzzTarget } from './target.ts';
import { FuzzExhausted, trial } from './trial.ts';

/** What a campaign gives its thread. */
export interface CampaignWork {
  /** A module that exports TARGETS. */
  readonly targets: string;
  readonly target: string;
  readonly runs: number;
  readonly seed: number;
  /** Its length in the first four bytes, then the bytes that are being tried: for whoever outlives this thread. */
  readonly current: SharedArrayBuffer;
}

export interface CampaignProgress {
  readonly runs: number;
  /** Of these, how many the decoder took. */
  readonly taken: number;
}

export type CampaignMessage =
  | { readonly kind: 'progress'; readonly progress: CampaignProgress }
  | { readonly kind: 'done'; readonly progress: CampaignProgress }
  | { readonly kind: 'failed'; readonly reason: string; readonly bytes: Uint8Array };

const REPORT_EVERY = 100;

const { targets, target: name, runs, seed, current } = workerData as CampaignWork;
const { TARGETS } = (await import(targets)) as { TARGETS: readonly FuzzTarget[] };
const target = TARGETS.find((one) => one.name === name)!;
const length = new DataView(current);
const copy = new Uint8Array(current, 4);
const done = { runs: 0, taken: 0 };

post({ kind: 'progress', progress: done });
const property = fc.asyncProperty(mutations(target.seeds, target.tokens), async (bytes) => {
  length.setUint32(0, bytes.length);
  copy.set(bytes.subarray(0, copy.length));
  if (await trialOrEnd(bytes)) done.taken++;
  if (++done.runs % REPORT_EVERY === 0) post({ kind: 'progress', progress: done });
});
const { failed, counterexample, errorInstance } = await fc.check(property, { seed, numRuns: runs });
if (!failed) post({ kind: 'done', progress: done });
else post({ kind: 'failed', reason: described(errorInstance), bytes: counterexample![0] });

/** With its memory gone, this thread cannot look for a smaller input: it waits for its end. */
async function trialOrEnd(bytes: Uint8Array): Promise<boolean> {
  try {
    return await trial(target, bytes);
  } catch (error) {
    if (!(error instanceof FuzzExhausted)) throw error;
    post({ kind: 'failed', reason: error.message, bytes });
    return new Promise(() => {});
  }
}

function post(message: CampaignMessage): void {
  parentPort!.postMessage(message);
}

function described(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
