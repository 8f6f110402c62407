import { join } from 'node:path';
import { Vision } from '../../../firmware/vision.ts';
import { runVision } from '../../../firmware/vision-program.ts';
import { layout } from '../camera/layout.ts';
import { PICTURES, plugIn } from '../camera/virtual-camera.ts';
import { QUICK_MODEL } from '../vision/quick-model.ts';

// `vision` as it is, but for the length of its windows (a camera's own are a quarter of an hour or longer), with a camera plugged
// in: brief-windows.ts SETTINGS SECONDS [quick]. With 'quick' the model has a stand-in, for machines that are emulated.
const [settings = '', seconds, quick] = process.argv.slice(2);
plugIn({ pictures: join(PICTURES, 'photos'), width: layout.width, height: layout.height });
const open = Vision.open;
Vision.open = (parts) => open.call(Vision, { ...parts, windowSeconds: Number(seconds) });
process.exitCode = await runVision({ settings }, quick ? QUICK_MODEL : undefined);
