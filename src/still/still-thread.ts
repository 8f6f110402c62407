import { Worker } from 'node:worker_threads';
import { LintelError } from '../lintel-error.ts';
import type { StillSize } from './shrink-frame.ts';
import type { StillEncoder } from './still-encoder.ts';

/** What the thread is started with. */
export interface StillStart {
  readonly size: StillSize;
  readonly planes: SharedArrayBuffer;
}

/** Encodes in a thread of its own, so that sign and button are answered meanwhile. It is there only while it is needed. */
export class StillThread implements StillEncoder {
  readonly planes: Uint8Array;
  readonly #worker: Worker;
  readonly #exited: Promise<void>;
  #asked: PromiseWithResolvers<Uint8Array> | undefined;
  #lost: LintelError | undefined;

  constructor(size: StillSize) {
    const planes = new SharedArrayBuffer(size.byteLength);
    this.planes = new Uint8Array(planes);
    const workerData: StillStart = { size, planes };
    this.#worker = new Worker(new URL('./still-worker.ts', import.meta.url), { workerData });
    this.#worker.on('message', (file: Uint8Array | string) => {
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
    this.#worker.postMessage('encode');
    return this.#asked.promise;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
    await this.#exited;
    this.planes.fill(0);
  }

  #lose(why: string): void {
    this.#lost ??= new LintelError('STILL_FAILED', `no still could be made: ${why}`);
    this.#asked?.reject(this.#lost);
  }
}
