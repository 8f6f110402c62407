import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';

export const STAGES = ['wait', 'compare', 'sample', 'model', 'decode', 'track', 'cover', 'count'] as const;
export type Stage = (typeof STAGES)[number];

/** How long each stage of the loop took, as histograms of a fixed size. */
export class StageTimes {
  readonly #stages: Record<Stage, RecordableHistogram>;

  constructor() {
    this.#stages = Object.fromEntries(STAGES.map((stage) => [stage, createHistogram()])) as Record<
      Stage,
      RecordableHistogram
    >;
  }

  record(stage: Stage, milliseconds: number): void {
    // A histogram takes whole numbers from 1 on; nanoseconds lose nothing that matters.
    this.#stages[stage].record(Math.max(1, Math.round(milliseconds * 1e6)));
  }

  /** Milliseconds. */
  meanMs(stage: Stage): number {
    return this.#stages[stage].mean / 1e6;
  }

  /** Milliseconds; `percentile` is over 0 and up to 100. */
  percentileMs(stage: Stage, percentile: number): number {
    return this.#stages[stage].percentile(percentile) / 1e6;
  }

  reset(): void {
    for (const stage of STAGES) this.#stages[stage].reset();
  }
}
