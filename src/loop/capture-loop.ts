import type { Track, Tracker } from '../count/tracker.ts';
import type { Answer } from '../detect/answer-memory.ts';
import type { I420Frame } from '../frame/i420.ts';
import type { Slot, SlotRing } from '../frame/slot-ring.ts';
import { wipe } from '../frame/wipe.ts';
import { LintelError } from '../lintel-error.ts';
import { type CoverStyle, coverWhole } from '../redact/cover.ts';
import type { Clock } from '../time/clock.ts';
import { FaceCovers } from './face-covers.ts';
import { StageTimes } from './stage-times.ts';

/** Finds the faces of one frame at a time. */
export interface FrameDetector {
  /** @throws when nothing is known of this frame */
  detect(slot: Slot): Promise<Answer>;
  /** Called at every stop: what was seen before is not to be known after it. */
  forget(): void;
}

/** Whoever is shown what the loop lets through. A sink that returns a promise is waited for. */
export interface ViewSink {
  write(frame: I420Frame): undefined | Promise<void>;
}

export interface LoopOptions {
  readonly ring: SlotRing;
  readonly detector: FrameDetector;
  readonly tracker: Tracker;
  readonly style: CoverStyle;
  readonly clock: Clock;
  readonly sinks: readonly ViewSink[];
  /** Given the tracks of each frame, seen and kept ones; the array is valid during the call. */
  readonly count: (tracks: readonly Track[]) => void;
  /** Told why a frame was covered whole. */
  readonly onUnknown?: (error: unknown) => void;
  /** Told why a covered frame could not be shown. */
  readonly onUnshown?: (error: unknown) => void;
  /**
   * Told when a frame has left the loop, covered: for how long it kept others from being looked at, or undefined when
   * its own detection did not finish; and whether it was looked at.
   */
  readonly onFrame?: (busyMs: number | undefined, looked: boolean) => void;
}

/**
 * From a frame in the ring to a covered one.
 *
 * Invariants:
 * - A frame is handed to a sink only after its own detection finished, by a look at it or by finding it unchanged since
 *   the last look, and every track was covered in it; in every other case it is covered whole (promise P3).
 * - After `stop` nothing is handed on, and every slot is wiped (promises P2, P5).
 *
 * While one frame is covered the detector already looks at the next one; frames leave in the order they came in.
 */
export class CaptureLoop {
  readonly times = new StageTimes();
  /** Since the beginning. */
  readonly totals = { frames: 0, coveredWhole: 0, covers: 0, looked: 0 };
  readonly #options: LoopOptions;
  readonly #covers: FaceCovers;
  #running = false;
  /** Tells frames from before a stop from those after it. */
  #run = 0;
  #looking: Slot | undefined;
  #leaving: Slot | undefined;
  #left: Promise<void> = Promise.resolve();
  #previousCapturedAt = Number.NaN;
  #takenMs = 0;
  #onDrained = (): void => {};

  constructor(options: LoopOptions) {
    this.#options = options;
    this.#covers = new FaceCovers(options.ring.layout, options.style);
    options.ring.onUnread(() => this.#lookAtNext());
  }

  start(): void {
    this.#running = true;
    this.#lookAtNext();
  }

  /** Takes effect before it returns: no frame is processed and no pixel is kept after it. */
  stop(): void {
    this.#running = false;
    this.#run++;
    this.#options.ring.discardUnread();
    for (const slot of [this.#looking, this.#leaving]) if (slot) wipe(slot.bytes);
    this.#covers.forget();
    this.#options.detector.forget();
    this.#options.tracker.reset();
    this.#previousCapturedAt = Number.NaN;
  }

  /** Resolves when every frame that was handed in has left; call it when no more will come. */
  async drained(): Promise<void> {
    if (!this.#looking && !this.#leaving) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onDrained = resolve;
    await promise;
  }

  #lookAtNext(): void {
    if (!this.#running || this.#looking || this.#leaving) return;
    const { ring, detector, clock } = this.#options;
    const slot = ring.take();
    if (!slot) return;
    this.#looking = slot;
    const run = this.#run;
    this.#takenMs = clock.monotonicMs();
    this.times.record('wait', this.#takenMs - slot.capturedAt);
    detector.detect(slot).then(
      (answer) => this.#answered(run, slot, answer, undefined),
      (error) => this.#answered(run, slot, undefined, error),
    );
  }

  async #answered(run: number, slot: Slot, answer: Answer | undefined, error: unknown): Promise<void> {
    const { clock } = this.#options;
    const lookedMs = clock.monotonicMs() - this.#takenMs;
    // The frame before this one leaves first; until then no further frame is taken.
    await this.#left;
    this.#looking = undefined;
    if (run !== this.#run) {
      this.#options.ring.release(slot);
      this.#lookAtNext();
      return;
    }
    this.#lookAtNext();
    this.#leaving = slot;
    const leavingMs = clock.monotonicMs();
    this.#left = this.#leave(run, slot, answer, error);
    await this.#left;
    this.#leaving = undefined;
    this.#options.ring.release(slot);
    const busyMs = answer && Math.max(lookedMs, clock.monotonicMs() - leavingMs);
    this.#options.onFrame?.(busyMs, answer?.looked ?? false);
    this.#lookAtNext();
    if (!this.#looking && !this.#leaving) this.#onDrained();
  }

  async #leave(run: number, slot: Slot, answer: Answer | undefined, error: unknown): Promise<void> {
    this.totals.frames++;
    try {
      if (!answer) throw error;
      if (answer.sequence !== slot.sequence) {
        throw new LintelError(
          'ANSWER_STALE',
          `asked about frame ${slot.sequence}, told of ${answer.sequence}`,
        );
      }
      this.#cover(slot, answer);
    } catch (unknown) {
      coverWhole(slot.frame);
      this.totals.coveredWhole++;
      this.#options.onUnknown?.(unknown);
    }
    try {
      for (const sink of this.#options.sinks) {
        const written = sink.write(slot.frame);
        if (written) await written;
        if (run !== this.#run) return;
      }
    } catch (unwritten) {
      this.#options.onUnshown?.(unwritten);
    }
  }

  #cover(slot: Slot, answer: Answer): void {
    const { clock, tracker, count } = this.#options;
    const begunMs = clock.monotonicMs();
    const tracks = tracker.update(answer.detections, this.#elapsedSeconds(slot));
    const trackedMs = clock.monotonicMs();
    this.#covers.cover(slot.frame, tracks, tracker.remembered);
    this.totals.covers += tracks.length;
    const coveredMs = clock.monotonicMs();
    count(tracks);
    this.times.record('compare', answer.timings.compareMs);
    if (answer.looked) {
      this.totals.looked++;
      this.times.record('sample', answer.timings.sampleMs);
      this.times.record('model', answer.timings.modelMs);
      this.times.record('decode', answer.timings.decodeMs);
    }
    this.times.record('track', trackedMs - begunMs);
    this.times.record('cover', coveredMs - trackedMs);
    this.times.record('count', clock.monotonicMs() - coveredMs);
  }

  /** Since the last frame that the tracker was told of; 0 for the first one. */
  #elapsedSeconds(slot: Slot): number {
    const elapsedMs = slot.capturedAt - this.#previousCapturedAt;
    this.#previousCapturedAt = slot.capturedAt;
    return Number.isNaN(elapsedMs) ? 0 : elapsedMs / 1_000;
  }
}
