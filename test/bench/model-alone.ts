import { modelFile, readCatalogue } from '../../src/detect/catalogue.ts';
import { ModelSession } from '../../src/detect/model-session.ts';
import { PROFILES, type ProfileName } from '../../src/detect/profile.ts';
import { Sampler } from '../../src/detect/sampler.ts';
import type { I420Frame } from '../../src/frame/i420.ts';

const UNCOUNTED = 2;
const COUNTED = 4;

/**
 * The models of a profile and nothing else of the loop, run in pauses of the loop: what the whole loop costs can then be
 * told beside what they cost in the same seconds, on a machine that is never quite still.
 */
export class ModelAlone {
  /** CPU time of one look, in milliseconds. */
  get cpuMs(): number {
    return this.#countedMs / this.#runs;
  }

  /** CPU time that all pauses took, in milliseconds: no part of the loop's. */
  pausedCpuMs = 0;
  /** The same by the clock. */
  pausedMs = 0;
  #countedMs = 0;
  #runs = 0;
  readonly #sessions: readonly ModelSession[];

  static async open(profile: ProfileName, modelsDir: string, frame: I420Frame): Promise<ModelAlone> {
    const catalogue = await readCatalogue();
    const sessions = [];
    for (const { model, width, height } of PROFILES[profile]) {
      const session = await ModelSession.open(modelsDir, modelFile(catalogue, model, width, height), 1);
      new Sampler(frame.layout, width, height, session.input).sample(frame);
      sessions.push(session);
    }
    return new ModelAlone(sessions);
  }

  private constructor(sessions: readonly ModelSession[]) {
    this.#sessions = sessions;
  }

  /** The first runs share the machine with the loop's thread, which still looks at a frame. */
  async pause(): Promise<void> {
    const begunMs = performance.now();
    const begunCpuMs = ownCpuMs();
    let countedFromMs = 0;
    for (let run = 0; run < UNCOUNTED + COUNTED; run++) {
      if (run === UNCOUNTED) countedFromMs = ownCpuMs();
      for (const session of this.#sessions) await session.run();
    }
    this.#countedMs += ownCpuMs() - countedFromMs;
    this.#runs += COUNTED;
    this.pausedCpuMs += ownCpuMs() - begunCpuMs;
    this.pausedMs += performance.now() - begunMs;
  }

  /** What the runtime copies out of its own memory for every frame, in bytes. */
  get outputBytes(): number {
    return this.#sessions.reduce((sum, { cls, loc }) => sum + cls.byteLength + loc.byteLength, 0);
  }

  async close(): Promise<void> {
    for (const session of this.#sessions) await session.close();
  }
}

/** Of this thread only. */
function ownCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
