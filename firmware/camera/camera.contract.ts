import { describe, expect, it } from 'vitest';
import { SlotRing } from '../../src/frame/slot-ring.ts';
import type { Camera, CameraEnd } from './camera.ts';

/**
 * What every camera driver keeps to.
 * @param prepare makes a camera whose frames each hold, in their first luma byte, how many went before (from 1 on),
 * and which gives at least 8 of them
 */
export function cameraContract(name: string, prepare: () => Promise<Camera>): void {
  describe(`the camera driver ${name}`, () => {
    it('hands in whole frames, in their order', async () => {
      const camera = await prepare();
      const seen = await watch(camera, 5);
      expect(seen.map((frame) => frame.mark)).toEqual([1, 2, 3, 4, 5]);
      expect(seen.every(({ bytes }) => bytes === camera.layout.byteLength)).toBe(true);
    });

    it('never waits for a loop that takes nothing: the oldest frames are dropped', async () => {
      const camera = await prepare();
      const ring = new SlotRing(camera.layout, 3);
      const { promise, resolve } = Promise.withResolvers<void>();
      ring.onUnread(() => ring.dropped >= 3 && resolve());
      await camera.open(ring, () => {});
      await promise;
      await camera.close();
      expect(ring.take()!.bytes[0]).toBeGreaterThan(3);
    });

    it('hands in nothing after it was closed, and leaves no slot behind', async () => {
      const camera = await prepare();
      const ring = new SlotRing(camera.layout, 3);
      let closed = false;
      const ends: CameraEnd[] = [];
      const first = new Promise<void>((resolve) => {
        ring.onUnread(() => {
          expect(closed).toBe(false);
          resolve();
        });
      });
      await camera.open(ring, (end) => ends.push(end));
      await first;
      await camera.close();
      closed = true;
      ring.discardUnread();
      for (let slot = 0; slot < 3; slot++) ring.acquire();
      await new Promise((resolve) => setImmediate(resolve));
      expect(ends).toEqual([]);
      expect(new Uint8Array(ring.memory).every((byte) => byte === 0)).toBe(true);
    });

    it('can be closed twice, closed before it was opened, and closed while it is being opened', async () => {
      const camera = await prepare();
      await camera.close();
      const opening = camera.open(new SlotRing(camera.layout, 3), () => {}).catch(() => {});
      await camera.close();
      await camera.close();
      await opening;
      await camera.close();
      expect((await watch(camera, 1)).length).toBe(1);
    });

    it('stays closed when it is closed in the moment in which it is opened, and again later', async () => {
      const camera = await prepare();
      await watch(camera, 1);
      const ring = new SlotRing(camera.layout, 3);
      ring.onUnread(() => expect.fail('a frame came after the camera was closed'));
      const refused = expect(camera.open(ring, () => {})).rejects.toMatchObject({ code: 'CAMERA_CLOSED' });
      await camera.close();
      for (let slot = 0; slot < 3; slot++) ring.acquire();
      await refused;
    });

    it('can be opened and closed again and again', async () => {
      const camera = await prepare();
      for (let round = 0; round < 10; round++) expect((await watch(camera, 2)).length).toBe(2);
    });
  });
}

async function watch(camera: Camera, frames: number): Promise<{ mark: number; bytes: number }[]> {
  const ring = new SlotRing(camera.layout, 4);
  const seen: { mark: number; bytes: number }[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  ring.onUnread(() => {
    const slot = ring.take()!;
    seen.push({ mark: slot.bytes[0]!, bytes: slot.bytes.byteLength });
    ring.release(slot);
    if (seen.length === frames) resolve();
  });
  await camera.open(ring, () => {});
  await promise;
  await camera.close();
  return seen.slice(0, frames);
}
