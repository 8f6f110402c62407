import { availableParallelism } from 'node:os';
import { LintelError } from '../../lintel-error.ts';
import type { SignatureCheck } from '../../wire/signature.ts';
import { type AskedClaim, SignatureThread } from './signature-thread.ts';

/** One thread more than these would wait for the main thread, which decodes and keeps what they check. */
const MOST_THREADS = 8;
/** So many go to a thread in one piece: waking it is shared by them, and none waits long for the others. */
const BATCH = 64;

/**
 * Checks signatures on other threads: those that are asked for in one turn, together. A thread is started when it is first needed, and
 * one that died is replaced.
 */
export class SignatureThreads {
  readonly #most: number;
  readonly #program: URL | undefined;
  #threads: SignatureThread[] = [];
  #waiting: AskedClaim[] = [];
  #isClosed = false;

  /** @param program of the threads; another one only in tests */
  constructor(most = Math.min(MOST_THREADS, availableParallelism()), program?: URL) {
    this.#most = most;
    this.#program = program;
  }

  /** @throws LintelError SIGNATURES_UNCHECKED, when nothing is known of the signature */
  readonly check: SignatureCheck = (claim) =>
    new Promise((answered, failed) => {
      if (this.#waiting.push({ claim, answered, failed }) === 1) setImmediate(() => this.#share());
    });

  /** Fails what was not answered by then. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  #share(): void {
    const all = this.#waiting;
    this.#waiting = [];
    if (this.#isClosed) {
      const error = new LintelError('SIGNATURES_UNCHECKED', 'signatures are not checked any more');
      for (const { failed } of all) failed(error);
      return;
    }
    const size = Math.min(BATCH, Math.ceil(all.length / this.#most));
    for (let from = 0; from < all.length; from += size) this.#next().ask(all.slice(from, from + size));
  }

  /** The one that has least to do, or one more where all have something to do. */
  #next(): SignatureThread {
    this.#threads = this.#threads.filter(({ isLost }) => !isLost);
    const [first] = this.#threads.toSorted((one, other) => one.claims - other.claims);
    if (first && (first.claims === 0 || this.#threads.length >= this.#most)) return first;
    const thread = new SignatureThread(this.#program);
    this.#threads.push(thread);
    return thread;
  }
}
