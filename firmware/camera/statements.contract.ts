import assert from 'node:assert/strict';
import { SlotRing } from '../../src/frame/slot-ring.ts';
import type { Camera, CameraEnd } from './camera.ts';

/** A camera to be tested. */
export interface CameraUnderTest {
  /** Each frame holds, in its first luma byte, how many marks went before (from 1 on); there are at least 8 of them. */
  readonly camera: Camera;
  /** How many frames in succession have the same mark. */
  readonly framesPerMark: number;
}

type Statement = (prepare: () => Promise<CameraUnderTest>) => Promise<void>;

/** What every camera driver keeps to, for any test runner. */
export const cameraStatements: Readonly<Record<string, Statement>> = {
  'hands in whole frames, in their order': async (prepare) => {
    const { camera, framesPerMark } = await prepare();
    const frames = 5 * framesPerMark;
    const seen = await watch(camera, frames);
    const marks = Array.from({ length: frames }, (_, frame) => 1 + Math.floor(frame / framesPerMark));
    assert.deepEqual(
      seen.map(({ mark }) => mark),
      marks,
    );
    assert.ok(seen.every(({ bytes }) => bytes === camera.layout.byteLength));
  },

  'never waits for a loop that takes nothing: the oldest frames are dropped': async (prepare) => {
    const { camera, framesPerMark } = await prepare();
    const ring = new SlotRing(camera.layout, 3);
    const { promise, resolve } = Promise.withResolvers<void>();
    ring.onUnread(() => ring.dropped >= 3 * framesPerMark && resolve());
    await camera.open(ring, () => {});
    await promise;
    await camera.close();
    assert.ok(ring.take()!.bytes[0]! > 3);
  },

  'hands in nothing after it was closed, and leaves no slot behind': async (prepare) => {
    const { camera } = await prepare();
    const ring = new SlotRing(camera.layout, 3);
    let closed = false;
    const ends: CameraEnd[] = [];
    const { promise: first, resolve } = Promise.withResolvers<void>();
    ring.onUnread(() => {
      assert.equal(closed, false);
      resolve();
    });
    await camera.open(ring, (end) => ends.push(end));
    await first;
    await camera.close();
    closed = true;
    ring.discardUnread();
    for (let slot = 0; slot < 3; slot++) ring.acquire();
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(ends, []);
    assert.ok(new Uint8Array(ring.memory).every((byte) => byte === 0));
  },

  'can be closed twice, closed before it was opened, and closed while it is being opened': async (
    prepare,
  ) => {
    const { camera } = await prepare();
    await camera.close();
    const opening = camera.open(new SlotRing(camera.layout, 3), () => {}).catch(() => {});
    await camera.close();
    await camera.close();
    await opening;
    await camera.close();
    assert.equal((await watch(camera, 1)).length, 1);
  },

  'stays closed when it is closed in the moment in which it is opened, and again later': async (prepare) => {
    const { camera } = await prepare();
    await watch(camera, 1);
    const ring = new SlotRing(camera.layout, 3);
    ring.onUnread(() => assert.fail('a frame came after the camera was closed'));
    const refused = assert.rejects(
      camera.open(ring, () => {}),
      { code: 'CAMERA_CLOSED' },
    );
    await camera.close();
    for (let slot = 0; slot < 3; slot++) ring.acquire();
    await refused;
  },

  'can be opened and closed again and again': async (prepare) => {
    const { camera } = await prepare();
    for (let round = 0; round < 10; round++) assert.equal((await watch(camera, 2)).length, 2);
  },
};

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
