import { Worker } from 'node:worker_threads';
import { LintelError } from '../lintel-error.ts';
import type { Clock } from '../time/clock.ts';
import type { StillSize } from './shrink-frame.ts';
import type { StillEncoder } from './still-encoder.ts';

/** What the thread is started with. */
export interface StillStart {
  readonly size: StillSize;
  readonly planes: SharedArrayBuffer;
}

export interface StillThreadOptions {
  readonly size: StillSize;
  readonly clock: Clock;
  /** How long one still may take, the thread's own beginning included, before the thread is given up. */
  readonly deadlineMs?: number;
  /** The program that runs in the thread; another one only in tests. */
  readonly program?: URL;
}

/** Many times what the slowest camera takes, for the first still too. */
const DEADLINE_MS = 10_000;

/** Encodes in a thread of its own, so that sign and button are answered meanwhile. It is there only while it is needed. */
export class StillThread implements StillEncoder {
  readonly planes: Uint8Array;
  readonly #clock: Clock;
  readonly #deadlineMs: number;
  readonly #worker: Worker;
  readonly #exited: Promise<void>;
  #asked: PromiseWithResolvers<Uint8Array> | undefined;
  #cancelDeadline = (): void => {};
  #lost: LintelError | undefined;

  constructor({ size, clock, deadlineMs = DEADLINE_MS, program }: StillThreadOptions) {
    this.#clock = clock;
    this.#deadlineMs = deadlineMs;
    const planes = new SharedArrayBuffer(size.byteLength);
    this.planes = new Uint8Array(planes);
    const workerData: StillStart = { size, planes };
    this.#worker = new Worker(program ?? new URL('./still-worker.ts', import.meta.url), { workerData });
    this.#worker.on('message', (file: Uint8Array | string) => {
      this.#cancelDeadline();
      if (typeof file === 'string') this.#lose(file);
      else this.#asked?.resolve(file);
    });
    this.#worker.on('error', (error) => this.#lose(error instanceof Error ? error.message : String(error)));
    this.#exited = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#lose('the thread has ended');
        resolve();
      });
    });
  }

  encode(): Promise<Uint8Array> {
    if (this.#lost) return Promise.reject(this.#lost);
    this.#asked = Promise.withResolvers();
    this.#cancelDeadline = this.#clock.after(this.#deadlineMs, () =>
      this.#lose(`the thread did not answer within ${this.#deadlineMs} ms`),
    );
    this.#worker.postMessage('encode');
    return this.#asked.promise;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
    await this.#exited;
    this.planes.fill(0);
  }

  #lose(why: string): void {
    this.#cancelDeadline();
    this.#lost ??= new LintelError('STILL_FAILED', `no still could be made: ${why}`);
    this.#asked?.reject(this.#lost);
  }
}
