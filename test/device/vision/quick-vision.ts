import { runVision } from '../../../firmware/vision-program.ts';

/**
 * `vision` as it is, but for the model: emulated, that takes seconds for a frame, and its place is taken by a thread
 * that finds the same face in every one. Called with the settings' file, and the view's if there is one.
 */
const [settings = '', view] = process.argv.slice(2);
process.exitCode = await runVision(
  { settings, ...(view !== undefined && { view }) },
  { preflight: async () => {}, program: new URL('../../faulty/detector-worker.ts', import.meta.url) },
);
