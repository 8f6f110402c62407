import { runVision } from '../../../firmware/vision-program.ts';
import { QUICK_MODEL } from './quick-model.ts';

/** `vision` as it is, but for the model. Called with the settings' file, and the view's if there is one. */
const [settings = '', view] = process.argv.slice(2);
process.exitCode = await runVision({ settings, ...(view !== undefined && { view }) }, QUICK_MODEL);
