import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { I420Layout } from './i420.ts';
import { type Slot, SlotRing } from './slot-ring.ts';

const layout = new I420Layout(16, 16);
const isWiped = (slot: Slot): boolean => slot.bytes.every((byte) => byte === 0);

function hand(ring: SlotRing, mark: number): void {
  const slot = ring.acquire();
  slot.bytes.fill(mark);
  ring.commit(slot, mark);
}

describe('the ring between camera and loop', () => {
  it('gives frames in the order they came, numbered from 1', () => {
    const ring = new SlotRing(layout);
    for (const mark of [10, 20]) hand(ring, mark);
    expect([ring.take(), ring.take()].map((slot) => [slot?.sequence, slot?.bytes[0]])).toEqual([
      [1, 10],
      [2, 20],
    ]);
    expect(ring.take()).toBeUndefined();
  });

  it('has each frame prepared before anybody is told of it', () => {
    const ring = new SlotRing(layout, 3, (frame) => void frame.y.fill(16));
    const seen: number[] = [];
    ring.onUnread(() => seen.push(ring.take()!.bytes[0]!));
    for (const mark of [10, 20]) hand(ring, mark);
    expect(seen).toEqual([16, 16]);
  });

  it('never makes the camera wait: the oldest unread frame is wiped, dropped and counted', () => {
    const ring = new SlotRing(layout, 3);
    for (const mark of [10, 20, 30, 40, 50]) hand(ring, mark);
    expect(ring.dropped).toBe(2);
    expect(ring.take()?.bytes[0]).toBe(30);
  });

  it('leaves the frame alone that the loop has taken', () => {
    const ring = new SlotRing(layout, 3);
    hand(ring, 10);
    const taken = ring.take()!;
    for (const mark of [20, 30, 40]) hand(ring, mark);
    expect(taken.bytes[0]).toBe(10);
  });

  it('tells when a frame is ready and when a slot is free', () => {
    const ring = new SlotRing(layout, 3);
    const told: string[] = [];
    ring.onUnread(() => told.push('unread'));
    ring.onFree(() => told.push('free'));
    hand(ring, 10);
    ring.release(ring.take()!);
    expect(told).toEqual(['unread', 'free']);
  });

  it('refuses to give a slot that does not exist', () => {
    const ring = new SlotRing(layout, 3);
    for (let slot = 0; slot < 3; slot++) ring.acquire();
    expect(() => ring.acquire()).toThrow(RangeError);
    expect(() => new SlotRing(layout, 2)).toThrow(RangeError);
  });

  it('holds pixels only in slots that are being filled, unread or taken, whatever happens (P5)', () => {
    const action = fc.constantFrom('hand', 'take', 'release', 'abandon', 'discard');
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const ring = new SlotRing(layout, 4);
        const taken: Slot[] = [];
        for (const [mark, what] of actions.entries()) {
          if (what === 'hand' && taken.length < 3) hand(ring, mark + 1);
          if (what === 'take' && taken.length < 2)
            taken.push(...[ring.take()].filter((slot) => slot !== undefined));
          if (what === 'release' && taken.length > 0) ring.release(taken.shift()!);
          if (what === 'discard') ring.discardUnread();
          if (what === 'abandon') {
            const slot = ring.acquire();
            slot.bytes.fill(255);
            ring.release(slot);
          }
        }
        for (const slot of taken) ring.release(slot);
        ring.discardUnread();
        expect(new Uint8Array(ring.memory).every((byte) => byte === 0)).toBe(true);
        for (let slot = 0; slot < 4; slot++) expect(isWiped(ring.acquire())).toBe(true);
      }),
    );
  });
});

describe('the layout of a frame', () => {
  it('rounds chroma up for odd sizes', () => {
    const odd = new I420Layout(17, 19);
    expect([odd.chromaWidth, odd.chromaHeight, odd.byteLength]).toEqual([9, 10, 17 * 19 + 2 * 9 * 10]);
  });

  it('honours padded rows', () => {
    const padded = new I420Layout(20, 16, 64);
    expect([padded.chromaStride, padded.byteLength]).toEqual([32, 64 * 16 + 2 * 32 * 8]);
    expect(padded.view(new Uint8Array(padded.byteLength)).v.byteLength).toBe(32 * 8);
  });

  it.each([
    [1, 1],
    [8_000, 8_000],
    [0, 480],
    [640.5, 480],
    [Number.NaN, 480],
  ])('refuses a frame of %d by %d', (width, height) => {
    expect(() => new I420Layout(width, height)).toThrow(expect.objectContaining({ code: 'FRAME_SIZE' }));
  });

  it('refuses rows that are too short, and memory that is too small', () => {
    expect(() => new I420Layout(64, 64, 63)).toThrow(expect.objectContaining({ code: 'FRAME_SIZE' }));
    expect(() => layout.view(new Uint8Array(layout.byteLength - 1))).toThrow(RangeError);
  });
});
