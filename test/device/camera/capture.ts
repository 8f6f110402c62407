import { NativeCamera } from '../../../firmware/camera/native.ts';
import { SlotRing } from '../../../src/frame/slot-ring.ts';
import { SystemClock } from '../../../src/time/system-clock.ts';
import { layout } from './layout.ts';

export function nativeCamera(size: { width: number; height: number } = layout): Promise<NativeCamera> {
  const { width, height } = size;
  return NativeCamera.prepare({ width, height, framesPerSecond: 30, clock: new SystemClock() });
}

type Look = (bytes: Uint8Array, capturedAt: number, frame: number) => void;

/** Opens the camera for so many frames, and closes it. @throws why it ended before */
export async function capture(frames: number, look: Look = () => {}): Promise<void> {
  const camera = await nativeCamera();
  const ring = new SlotRing(camera.layout);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let seen = 0;
  ring.onUnread(() => {
    const slot = ring.take()!;
    try {
      if (seen < frames) look(slot.bytes, slot.capturedAt, seen);
    } catch (error) {
      reject(error);
    }
    ring.release(slot);
    if (++seen === frames) resolve();
  });
  try {
    await camera.open(ring, (end) => reject(end.reason === 'failed' ? end.error : end));
    await promise;
  } finally {
    await camera.close();
  }
}
