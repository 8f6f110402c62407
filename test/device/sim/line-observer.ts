import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Level } from '../../../firmware/gpio/gpio.ts';
import type { SimChip } from './sim-chip.ts';

/** A line was seen with another level than before. Times are those of `monotonicMs`, alike in every process. */
export interface Sighting {
  readonly line: number;
  readonly level: Level;
  /** The level before was last seen then, so the change came after. -Infinity for the first sighting of a line. */
  readonly afterMs: number;
  /** The level was first seen then, so the change came no later. */
  readonly byMs: number;
}

/** What the sampling thread is given. */
export interface SamplerOrder {
  readonly lines: readonly { readonly line: number; readonly file: string }[];
  readonly pauseMs: number;
  /** One word, zero until the sampler is to end. */
  readonly end: Int32Array;
}

/**
 * Watches lines from the simulator's side, in a thread of its own: it knows nothing of the program that drives them
 * and goes on while that is hung or dead. A level that lasts for less than `pauseMs` may go unseen.
 */
export class LineObserver implements AsyncDisposable {
  /** Oldest first; grows while the observer runs. */
  readonly sightings: Sighting[] = [];
  readonly #end = new Int32Array(new SharedArrayBuffer(4));
  readonly #worker: Worker;

  private constructor(chip: SimChip, lines: readonly number[], pauseMs: number) {
    const files = lines.map((line) => ({ line, file: chip.valueFile(line) }));
    const order: SamplerOrder = { lines: files, pauseMs, end: this.#end };
    this.#worker = new Worker(new URL('line-sampler.ts', import.meta.url), { workerData: order });
    this.#worker.on('message', (sighting: Sighting) => this.sightings.push(sighting));
  }

  /** Begins, and waits until every line was seen once. */
  static async start(chip: SimChip, lines: readonly number[], pauseMs = 1): Promise<LineObserver> {
    const observer = new LineObserver(chip, lines, pauseMs);
    while (observer.sightings.length < lines.length) await once(observer.#worker, 'message');
    return observer;
  }

  /** Ends the watch; `sightings` is complete then. */
  async [Symbol.asyncDispose](): Promise<void> {
    const exit = once(this.#worker, 'exit');
    Atomics.store(this.#end, 0, 1);
    Atomics.notify(this.#end, 0);
    await exit;
  }
}

/** CLOCK_MONOTONIC. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
