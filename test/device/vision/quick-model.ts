import type { VisionModel } from '../../../firmware/vision-program.ts';

/** In place of a model, which takes seconds for a frame where it is emulated: a thread that finds the same face in every one. */
export const QUICK_MODEL: VisionModel = {
  preflight: async () => {},
  program: new URL('../../faulty/detector-worker.ts', import.meta.url),
};
