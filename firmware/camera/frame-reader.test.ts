import { describe, expect, it } from 'vitest';
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

describe('when a frame that is whole cannot be handed in, no slot is lost and none is given out twice', () => {
  const troubled = {
    'before it is ready': () => new SlotRing(new I420Layout(64, 48), 3, refuse),
    'by whoever is told of it': () => {
      const ring = new SlotRing(new I420Layout(64, 48), 3);
      ring.onUnread(refuse);
      return ring;
    },
  };
  it.each(Object.entries(troubled))('%s', async (_, prepared) => {
    const ring = prepared();
    const failure = Promise.withResolvers<string>();
    const pipe = { read: async (into: Uint8Array) => into.fill(77).byteLength, wake: () => {} };
    const reader = new FrameReader(ring, {
      pipe: pipe as unknown as FramePipe,
      order: 'i420',
      framesPerSecond: 10,
      clock: new SimulatedClock(),
      onBytes: () => {},
      onFrame: () => {},
      onFailure: failure.resolve,
    });
    expect(await failure.promise).toContain('told to fail');
    await reader.finish();
    const slots = new Set([ring.acquire(), ring.acquire(), ring.acquire()]);
    expect(slots.size).toBe(3);
    expect(() => ring.acquire()).toThrow(RangeError);
  });
});

function refuse(): never {
  throw new Error('told to fail');
}
