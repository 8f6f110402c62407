import type { I420Frame, I420Layout } from '../frame/i420.ts';
import type { DetectionList } from '../geometry/detection-list.ts';
import { LintelError } from '../lintel-error.ts';
import { SystemClock } from '../time/system-clock.ts';
import { type Boxes, tooManyFaces } from './boxes.ts';
import { readCatalogue } from './catalogue.ts';
import { ChangeGate } from './change-gate.ts';
import { DetectionStage } from './detection-stage.ts';
import { PROFILES, type ProfileName } from './profile.ts';
import { unite } from './unite.ts';

/**
 * How long the parts of the last detection took, in all stages of the profile together. All but comparing are 0 when
 * the frame was not looked at.
 */
export interface DetectorTimings {
  compareMs: number;
  sampleMs: number;
  modelMs: number;
  decodeMs: number;
}

export interface DetectorOptions {
  readonly profile: ProfileName;
  /** Of every frame that will be looked at. */
  readonly layout: I420Layout;
  /** Where the built models lie. */
  readonly modelsDir: string;
  /** Threads that a model may use; 1 by default. */
  readonly threads?: number;
  /** Whether frames in which nothing changed are looked at too; only for measuring what that costs. */
  readonly looksAlways?: boolean;
}

/** Looks for faces in frames of one layout, one frame at a time. The memory it needs is taken when it is opened. */
export class FaceDetector {
  readonly timings: Readonly<DetectorTimings>;
  /** Whether the last frame was looked at, and did not only have the answer of the look before. */
  looked = false;
  readonly #timings: DetectorTimings = { compareMs: 0, sampleMs: 0, modelMs: 0, decodeMs: 0 };
  readonly #layout: I420Layout;
  readonly #stages: readonly DetectionStage[];
  readonly #gate: ChangeGate | undefined;
  readonly #clock = new SystemClock();
  #looking = false;

  /** @throws ModelRefused (promise P7), LintelError MODEL_... */
  static async open(options: DetectorOptions): Promise<FaceDetector> {
    const { profile, layout, modelsDir, threads = 1, looksAlways = false } = options;
    const catalogue = await readCatalogue();
    const stages: DetectionStage[] = [];
    try {
      for (const stage of PROFILES[profile]) {
        stages.push(await DetectionStage.open(stage, layout, catalogue, modelsDir, threads));
      }
    } catch (error) {
      for (const stage of stages) await stage.close();
      throw error;
    }
    return new FaceDetector(layout, stages, looksAlways ? undefined : new ChangeGate(layout));
  }

  private constructor(layout: I420Layout, stages: readonly DetectionStage[], gate: ChangeGate | undefined) {
    this.timings = this.#timings;
    this.#layout = layout;
    this.#stages = stages;
    this.#gate = gate;
  }

  /**
   * Finds the faces in `frame`: clears and fills `into`, with boxes in frame pixels. If nothing has changed since the
   * last look, they are those of that look, and none of them is countable: they prove nothing new.
   * @throws LintelError NOT_A_NUMBER, TOO_MANY_FACES, MODEL_RUN, FRAME_LAYOUT, DETECTOR_BUSY: nothing is known of
   * the frame then, and it is to be covered whole
   */
  async detect(frame: I420Frame, into: DetectionList): Promise<void> {
    into.clear();
    if (!sameLayout(frame.layout, this.#layout)) {
      throw new LintelError('FRAME_LAYOUT', 'the frame is of another size than the detector was opened for');
    }
    if (this.#looking) throw new LintelError('DETECTOR_BUSY', 'the last frame is still being looked at');
    this.#looking = true;
    try {
      const begun = this.#clock.monotonicMs();
      this.looked = this.#gate?.mustLook(frame) ?? true;
      const compareMs = this.#clock.monotonicMs() - begun;
      if (this.looked) await this.#look(frame, into);
      else give(this.#gate!.faces, into, false);
      this.#sumTimings(compareMs);
    } catch (error) {
      this.forget();
      throw error;
    } finally {
      this.#looking = false;
    }
  }

  /** Forgets what it last saw: the next frame is looked at, whatever is in it. */
  forget(): void {
    this.#gate?.forget();
  }

  async close(): Promise<void> {
    for (const stage of this.#stages) await stage.close();
  }

  async #look(frame: I420Frame, into: DetectionList): Promise<void> {
    for (const stage of this.#stages) await stage.look(frame, this.#clock);
    const faces = this.#stages[0]!.faces;
    for (let i = 1; i < this.#stages.length; i++) unite(faces, this.#stages[i]!.faces);
    give(faces, into, true);
    this.#gate?.looked(faces);
  }

  #sumTimings(compareMs: number): void {
    const timings = this.#timings;
    timings.compareMs = compareMs;
    timings.sampleMs = timings.modelMs = timings.decodeMs = 0;
    if (!this.looked) return;
    for (const stage of this.#stages) {
      timings.sampleMs += stage.sampleMs;
      timings.modelMs += stage.modelMs;
      timings.decodeMs += stage.decodeMs;
    }
  }
}

function sameLayout(a: I420Layout, b: I420Layout): boolean {
  return a.width === b.width && a.height === b.height && a.lumaStride === b.lumaStride;
}

function give(boxes: Boxes, into: DetectionList, isNew: boolean): void {
  const { left, top, right, bottom, score, countable, length } = boxes;
  for (let i = 0; i < length; i++) {
    const width = right[i]! - left[i]!;
    const height = bottom[i]! - top[i]!;
    const counts = isNew && countable[i] === 1;
    if (!into.add(left[i]!, top[i]!, width, height, score[i]!, counts)) throw tooManyFaces(i);
  }
}
