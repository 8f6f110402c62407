import { Worker } from 'node:worker_threads';
import type { Slot, SlotRing } from '../frame/slot-ring.ts';
import { LintelError } from '../lintel-error.ts';
import type { Clock } from '../time/clock.ts';
import { type Answer, AnswerMemory } from './answer-memory.ts';
import type { ProfileName } from './profile.ts';

export interface DetectorThreadOptions {
  readonly ring: SlotRing;
  readonly profile: ProfileName;
  readonly modelsDir: string;
  readonly threads: number;
  readonly clock: Clock;
  /** How long one frame may take before the thread is given up and another one started. */
  readonly deadlineMs: number;
  /** How long a thread that is to leave may take before it is ended by force. */
  readonly leaveMs?: number;
  /** See `DetectorOptions`. */
  readonly looksAlways?: boolean;
  /** Told when a thread is lost, and when the one that follows it is ready. */
  readonly onHealth?: (error: LintelError | undefined) => void;
  /** The program that runs in the thread; another one only in tests. */
  readonly program?: URL;
  /** The first thread is started when this has resolved, and none if it rejects. */
  readonly after?: Promise<unknown>;
}

/** What the thread is started with. */
export interface WorkerStart {
  readonly width: number;
  readonly height: number;
  readonly lumaStride: number;
  readonly slots: number;
  readonly frames: SharedArrayBuffer;
  readonly answers: SharedArrayBuffer;
  readonly profile: ProfileName;
  readonly modelsDir: string;
  readonly threads: number;
  readonly looksAlways: boolean;
}

/** A lost thread is followed by another one after this long, and each further loss in a row doubles it. */
const RESTART_MS = 250;
const LONGEST_RESTART_MS = 30_000;

/**
 * Keeps a detector running in a thread of its own. One frame is looked at at a time. A thread that dies, or that
 * does not answer in time, is ended and replaced; each thread has answer memory of its own, so that one that was
 * given up and still runs cannot write into the answers of the next.
 */
export class DetectorThread {
  readonly #options: DetectorThreadOptions;
  #worker: Worker | undefined;
  #answers = new AnswerMemory();
  #ready = false;
  #closed = false;
  #lossesInRow = 0;
  #asked: { readonly answered: PromiseWithResolvers<Answer>; readonly cancel: () => void } | undefined;
  #cancelRestart: (() => void) | undefined;

  constructor(options: DetectorThreadOptions) {
    this.#options = options;
    if (options.after)
      options.after.then(
        () => this.#closed || this.#start(),
        () => {},
      );
    else this.#start();
  }

  get ready(): boolean {
    return this.#ready;
  }

  /**
   * Looks for faces in the frame in `slot`.
   * @throws LintelError DETECTOR_NOT_READY, DETECTOR_FAILED (this frame), DETECTOR_LATE, DETECTOR_DIED
   */
  detect(slot: Slot): Promise<Answer> {
    if (!this.#ready || !this.#worker) {
      return Promise.reject(new LintelError('DETECTOR_NOT_READY', 'the detector is being started'));
    }
    const answered = Promise.withResolvers<Answer>();
    const { clock, deadlineMs } = this.#options;
    const cancel = clock.after(deadlineMs, () => {
      this.#lose(new LintelError('DETECTOR_LATE', `the detector did not answer within ${deadlineMs} ms`));
    });
    this.#asked = { answered, cancel };
    this.#answers.ask(slot.sequence);
    this.#worker.postMessage(slot.index);
    return answered.promise;
  }

  /** Forgets what was last seen: the next frame is looked at, whatever is in it. */
  forget(): void {
    this.#worker?.postMessage('forget');
  }

  /** Resolves when the thread has ended. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelRestart?.();
    const worker = this.#worker;
    const ended = worker && new Promise((resolve) => worker.once('exit', resolve));
    this.#lose(new LintelError('DETECTOR_DIED', 'the detector was closed'));
    await ended;
  }

  #start(): void {
    const { ring, profile, modelsDir, threads, looksAlways = false, program } = this.#options;
    this.#answers = new AnswerMemory();
    const start: WorkerStart = {
      width: ring.layout.width,
      height: ring.layout.height,
      lumaStride: ring.layout.lumaStride,
      slots: ring.memory.byteLength / ring.layout.byteLength,
      frames: ring.memory,
      answers: this.#answers.memory,
      profile,
      modelsDir,
      threads,
      looksAlways,
    };
    const worker = new Worker(program ?? new URL('./detector-worker.ts', import.meta.url), {
      workerData: start,
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128 },
    });
    this.#worker = worker;
    worker.on('message', (message) => worker === this.#worker && this.#take(message));
    worker.on('error', (cause) => {
      const reason = cause instanceof Error ? cause.message : String(cause);
      if (worker === this.#worker)
        this.#lose(new LintelError('DETECTOR_DIED', `the detector died: ${reason}`, cause));
    });
    worker.on('exit', (status) => {
      if (worker !== this.#worker) return;
      this.#worker = undefined;
      this.#lose(new LintelError('DETECTOR_DIED', `the detector ended with ${status}`));
    });
  }

  #take(message: unknown): void {
    if (message === 'ready') {
      this.#ready = true;
      this.#options.onHealth?.(undefined);
      return;
    }
    const asked = this.#asked;
    if (!asked) return;
    this.#asked = undefined;
    asked.cancel();
    if (typeof message === 'number') {
      this.#lossesInRow = 0;
      asked.answered.resolve(this.#answers.read(message));
    } else {
      const { failed } = message as { failed: string };
      asked.answered.reject(
        new LintelError('DETECTOR_FAILED', `the detector could not look at a frame: ${failed}`),
      );
    }
  }

  /**
   * The thread ends by itself when it comes back from what it does. Force is the last resort: a thread that is
   * ended while the model runs takes the whole process with it (an abort in the runtime's native part).
   */
  #letGo(worker: Worker): void {
    const { clock, leaveMs = 20_000 } = this.#options;
    this.#answers.leave();
    worker.postMessage(0);
    const cancel = clock.after(leaveMs, () => void worker.terminate());
    worker.once('exit', cancel);
  }

  #lose(error: LintelError): void {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#ready = false;
    if (worker) this.#letGo(worker);
    const asked = this.#asked;
    this.#asked = undefined;
    asked?.cancel();
    asked?.answered.reject(error);
    if (this.#closed) return;
    this.#options.onHealth?.(error);
    const delayMs = Math.min(LONGEST_RESTART_MS, RESTART_MS * 2 ** this.#lossesInRow++);
    this.#cancelRestart = this.#options.clock.after(delayMs, () => this.#start());
  }
}
