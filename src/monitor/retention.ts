import type { Clock } from '../time/clock.ts';
import type { MonitorLog } from './monitor-log.ts';
import { pause } from './pause.ts';
import type { ReportStore } from './store/report-store.ts';

export interface RetentionOptions {
  readonly store: ReportStore;
  readonly clock: Clock;
  readonly log: MonitorLog;
  readonly keepSeconds: number;
}

const ROUND_MS = 3_600_000;
/** So many at once: what comes in meanwhile waits for some milliseconds. */
const AT_ONCE = 500;
/** Deleting takes a tenth of the time, however much there is to delete. */
const PAUSE_OF_DELETING = 9;

/** Deletes what was kept long enough, every hour, a little at a time. */
export class Retention {
  readonly #options: RetentionOptions;

  constructor(options: RetentionOptions) {
    this.#options = options;
  }

  /** Runs until `signal` is aborted. What fails is in the log, and is tried again in the next round. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#options;
    while (!signal.aborted) {
      try {
        const deleted = await this.#prune(signal);
        if (deleted > 0) log.info({ deleted }, 'what is older than store.keep_days was deleted');
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        log.warn({ reason }, 'what is older than store.keep_days cannot be deleted');
      }
      await pause(clock, ROUND_MS, signal);
    }
  }

  async #prune(signal: AbortSignal): Promise<number> {
    const { store, clock, keepSeconds } = this.#options;
    const beforeSeconds = (await this.#latestSeconds()) - keepSeconds;
    let deleted = 0;
    while (!signal.aborted) {
      const beganMs = clock.monotonicMs();
      const some = await store.prune(beforeSeconds, AT_ONCE);
      if (some === 0) break;
      deleted += some;
      await pause(clock, PAUSE_OF_DELETING * (clock.monotonicMs() - beganMs), signal);
    }
    return deleted;
  }

  /** Now, but not later than the latest count: a clock that runs years ahead must not empty the store. */
  async #latestSeconds(): Promise<number> {
    const { store, clock } = this.#options;
    const nowSeconds = Math.floor(clock.wallMs() / 1_000);
    let newest = Number.NEGATIVE_INFINITY;
    for (const { report } of await store.latestReports(nowSeconds))
      newest = Math.max(newest, report.windowStartSeconds);
    return Number.isFinite(newest) ? newest : nowSeconds;
  }
}
