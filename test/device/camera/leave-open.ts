import { SlotRing } from '../../../src/frame/slot-ring.ts';
import { nativeCamera } from './capture.ts';
import { layout } from './layout.ts';

/** Ends with the camera open, in the way that is asked for, while it is being opened or at a frame. */
const [when, how] = process.argv.slice(2);

const camera = await nativeCamera();
const ring = new SlotRing(layout);
ring.onUnread(end);
const opening = camera.open(ring, () => {});
if (when === 'opening') end();
await opening;

function end(): void {
  if (how === 'throw') throw new Error('a mistake');
  process.exit(3);
}
