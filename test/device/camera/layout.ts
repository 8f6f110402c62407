import { I420Layout } from '../../../src/frame/i420.ts';

/** Of what the virtual camera shows. */
export const layout = new I420Layout(640, 480);
