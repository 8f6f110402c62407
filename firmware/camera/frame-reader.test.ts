import { expect, it } from 'vitest';
import { I420Layout } from '../../src/frame/i420.ts';
import { SlotRing } from '../../src/frame/slot-ring.ts';
import { SimulatedClock } from '../../src/time/simulated-clock.ts';
import type { FramePipe } from './frame-pipe.ts';
import { FrameReader } from './frame-reader.ts';

it('keeps no chroma of a frame of pairs that lies in its slot', async () => {
  const ring = new SlotRing(new I420Layout(64, 48), 3);
  const lent = new Set<ArrayBufferLike>();
  const waiting = Promise.withResolvers<number>();
  const frame = Promise.withResolvers<void>();
  let reads = 0;
  // Gives one frame, luma and then pairs, and then nothing more.
  const pipe = {
    read: async (into: Uint8Array) => {
      if (++reads > 2) return await waiting.promise;
      lent.add(into.buffer);
      return into.fill(77).byteLength;
    },
    wake: () => waiting.resolve(1),
  };
  const reader = new FrameReader(ring, {
    pipe: pipe as unknown as FramePipe,
    order: 'nv12',
    framesPerSecond: 10,
    clock: new SimulatedClock(),
    onBytes: () => {},
    onFrame: frame.resolve,
    onFailure: (why) => expect.unreachable(why),
  });
  await frame.promise;
  const slot = ring.take()!;
  expect(slot.bytes.every((byte) => byte === 77)).toBe(true);
  ring.release(slot);
  expect(lent.size).toBe(2);
  for (const memory of lent) expect(new Uint8Array(memory).every((byte) => byte === 0)).toBe(true);
  await reader.finish();
});
