import { Worker } from 'node:worker_threads';
import { LintelError } from '../../lintel-error.ts';
import type { SignatureClaim } from '../../wire/signature.ts';
import { packClaims } from './claim-batch.ts';

/** A claim, and whom to tell. */
export interface AskedClaim {
  readonly claim: SignatureClaim;
  readonly answered: (isGood: boolean) => void;
  readonly failed: (error: LintelError) => void;
}

/** Its keys, and a few batches. */
const MEMORY = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 64 };

/** One thread that checks signatures, batch after batch. When it dies, what it was asked fails, and it is of no more use. */
export class SignatureThread {
  readonly #worker: Worker;
  readonly #asked: (readonly AskedClaim[])[] = [];
  #claims = 0;
  #isLost = false;

  /** @param program another one only in tests */
  constructor(program = new URL('./signature-worker.ts', import.meta.url)) {
    this.#worker = new Worker(program, { resourceLimits: MEMORY });
    this.#worker.on('message', (answer: Uint8Array) => this.#take(answer));
    this.#worker.on('error', (cause) => this.#lose(cause));
    this.#worker.on('exit', () => this.#lose());
  }

  /** How many claims wait for it. */
  get claims(): number {
    return this.#claims;
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  ask(batch: readonly AskedClaim[]): void {
    this.#asked.push(batch);
    this.#claims += batch.length;
    const packed = packClaims(batch.map(({ claim }) => claim));
    this.#worker.postMessage(packed, [packed.buffer]);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  /** Answers come in the order of the batches. */
  #take(answer: Uint8Array): void {
    const batch = this.#asked.shift()!;
    this.#claims -= batch.length;
    for (const [at, { answered }] of batch.entries()) answered(answer[at] === 1);
  }

  #lose(cause?: unknown): void {
    this.#isLost = true;
    this.#claims = 0;
    const reason = cause instanceof Error ? `: ${cause.message}` : '';
    const error = new LintelError(
      'SIGNATURES_UNCHECKED',
      `the thread that checks signatures ended${reason}`,
      cause,
    );
    for (const { failed } of this.#asked.splice(0).flat()) failed(error);
  }
}
