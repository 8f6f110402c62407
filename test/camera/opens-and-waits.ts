import { rpicamCamera } from '../../firmware/camera/rpicam.ts';
import { SlotRing } from '../../src/frame/slot-ring.ts';
import { SystemClock } from '../../src/time/system-clock.ts';

// A program that opens a camera, says so, and exits in disorder when it is asked to.
const camera = rpicamCamera({ width: 80, height: 48, framesPerSecond: 30 }, 64, new SystemClock());
process.on('SIGTERM', () => process.exit(3));
await camera.open(new SlotRing(camera.layout, 3), () => {});
process.stdout.write('open');
