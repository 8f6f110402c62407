import { join } from 'node:path';
import { Vision } from '../../../firmware/vision.ts';
import { runVision } from '../../../firmware/vision-program.ts';
import { layout } from '../camera/layout.ts';
import { PICTURES, plugIn } from '../camera/virtual-camera.ts';

/** Seconds. A camera's own are a quarter of an hour or longer. */
const WINDOW = 5;

// `vision` as it is, but for the length of its windows, with a camera plugged in. Called with the settings' file.
plugIn({ pictures: join(PICTURES, 'photos'), width: layout.width, height: layout.height });
const open = Vision.open;
Vision.open = (parts) => open.call(Vision, { ...parts, windowSeconds: WINDOW });
process.exitCode = await runVision({ settings: process.argv[2]! });
