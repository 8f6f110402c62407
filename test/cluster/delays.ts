import { setTimeout as sleep } from 'node:timers/promises';
import type { ReportStore } from '../../src/monitor/store/report-store.ts';
import type { Probe } from './probe.ts';

const LOOK_MS = 200;

/** How long reports of probes take until they are in the store. */
export class Delays {
  readonly #store: ReportStore;
  readonly #sent = new Map<Probe, Map<number, number>>();
  readonly #ending = new AbortController();
  readonly #running: Promise<void>;
  #longestMs = 0;

  constructor(store: ReportStore) {
    this.#store = store;
    this.#running = this.#run();
  }

  sent(probe: Probe, start: number): void {
    const waiting = this.#sent.get(probe) ?? new Map<number, number>();
    this.#sent.set(probe, waiting.set(start, performance.now()));
  }

  /** @returns the longest one so far, to a fifth of a second */
  async end(): Promise<number> {
    this.#ending.abort();
    await this.#running;
    return this.#longestMs;
  }

  async #run(): Promise<void> {
    while (!this.#ending.signal.aborted) {
      for (const [probe, waiting] of this.#sent) await this.#look(probe, waiting);
      await sleep(LOOK_MS, undefined, { signal: this.#ending.signal }).catch(() => {});
    }
  }

  async #look(probe: Probe, waiting: Map<number, number>): Promise<void> {
    const [oldest] = waiting.keys();
    if (oldest === undefined) return;
    const query = { level: 'window', fromSeconds: oldest, toSeconds: 2 ** 32 } as const;
    const kept = await this.#store.reportsOf(probe.address, query);
    for (const { windowStartSeconds } of kept) {
      const sentMs = waiting.get(windowStartSeconds);
      if (sentMs === undefined) continue;
      this.#longestMs = Math.max(this.#longestMs, performance.now() - sentMs);
      waiting.delete(windowStartSeconds);
    }
  }
}
