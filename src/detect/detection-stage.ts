import type { I420Frame, I420Layout } from '../frame/i420.ts';
import { DetectionList } from '../geometry/detection-list.ts';
import type { Clock } from '../time/clock.ts';
import { Boxes } from './boxes.ts';
import { type ModelCard, modelFile } from './catalogue.ts';
import type { FaceModel } from './face-model.ts';
import { MediapipeFull } from './mediapipe-full.ts';
import { ModelSession } from './model-session.ts';
import type { Stage } from './profile.ts';
import { Sampler } from './sampler.ts';
import { Ultraface } from './ultraface.ts';

const MODELS = { ultraface: Ultraface, 'mediapipe-full': MediapipeFull } as const;

/** One model of a profile, looking at frames. */
export class DetectionStage {
  /** The faces of the last frame, in frame pixels. */
  readonly faces = new Boxes(DetectionList.CAPACITY);
  /** How long the parts of the last look took; clearing up is part of decoding. */
  sampleMs = 0;
  modelMs = 0;
  decodeMs = 0;
  readonly #session: ModelSession;
  readonly #model: FaceModel;
  readonly #sampler: Sampler;
  readonly #countAt: number;
  readonly #scaleX: number;
  readonly #scaleY: number;

  static async open(
    stage: Stage,
    layout: I420Layout,
    catalogue: readonly ModelCard[],
    modelsDir: string,
    threads: number,
  ): Promise<DetectionStage> {
    const file = modelFile(catalogue, stage.model, stage.width, stage.height);
    return new DetectionStage(stage, layout, await ModelSession.open(modelsDir, file, threads));
  }

  /** @param session the stage's model; it is closed with the stage */
  constructor(stage: Stage, layout: I420Layout, session: ModelSession) {
    const { width, height, coverAt, countAt } = stage;
    this.#session = session;
    this.#model = new MODELS[stage.model](width, height, coverAt);
    this.#sampler = new Sampler(layout, width, height, session.input);
    this.#countAt = countAt;
    this.#scaleX = layout.width / this.#sampler.width;
    this.#scaleY = layout.height / this.#sampler.height;
  }

  /** Fills `faces`. @throws LintelError as `FaceDetector.detect` */
  async look(frame: I420Frame, clock: Clock): Promise<void> {
    const begun = clock.monotonicMs();
    try {
      this.#sampler.sample(frame);
      const sampled = clock.monotonicMs();
      this.sampleMs = sampled - begun;
      await this.#session.run();
      this.modelMs = clock.monotonicMs() - sampled;
    } finally {
      this.#sampler.wipe();
    }
    this.faces.length = 0;
    this.#model.find(this.#session.cls, this.#session.loc, this.faces);
    this.#toFrame();
    this.decodeMs = clock.monotonicMs() - begun - this.sampleMs - this.modelMs;
  }

  async close(): Promise<void> {
    await this.#session.close();
  }

  #toFrame(): void {
    const { left, top, right, bottom, score, countable, length } = this.faces;
    for (let i = 0; i < length; i++) {
      left[i]! *= this.#scaleX;
      right[i]! *= this.#scaleX;
      top[i]! *= this.#scaleY;
      bottom[i]! *= this.#scaleY;
      countable[i] = score[i]! >= this.#countAt ? 1 : 0;
    }
  }
}
