import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { Tracker } from '../../src/count/tracker.ts';
import { LOOKS_TO_SETTLE } from '../../src/detect/change-gate.ts';
import { DetectorThread } from '../../src/detect/detector-thread.ts';
import { I420Layout } from '../../src/frame/i420.ts';
import { SlotRing } from '../../src/frame/slot-ring.ts';
import { CaptureLoop } from '../../src/loop/capture-loop.ts';
import { SystemClock } from '../../src/time/system-clock.ts';

it('a still scene is not looked at again and again, but is when the sensor was closed in between', async () => {
  const clock = new SystemClock();
  const ring = new SlotRing(new I420Layout(64, 48), 3);
  const ready = Promise.withResolvers<void>();
  let left = Promise.withResolvers<void>();
  const detector = new DetectorThread({
    ring,
    profile: 'near',
    modelsDir: fileURLToPath(new URL('../../build/models', import.meta.url)),
    threads: 1,
    clock,
    deadlineMs: 30_000,
    onHealth: (error) => (error ? ready.reject(error) : ready.resolve()),
  });
  onTestFinished(() => detector.close());
  const loop = new CaptureLoop({
    ring,
    detector,
    tracker: new Tracker(),
    style: 'blur',
    clock,
    sinks: [],
    count: () => {},
    onFrame: () => left.resolve(),
  });
  /** How many of so many frames, all alike, are looked at. */
  const looks = async (frames: number): Promise<number> => {
    const before = loop.totals.looked;
    for (let frame = 0; frame < frames; frame++) {
      left = Promise.withResolvers();
      const slot = ring.acquire();
      slot.bytes.fill(128);
      ring.commit(slot, clock.monotonicMs());
      await left.promise;
    }
    return loop.totals.looked - before;
  };
  await ready.promise;
  loop.start();
  expect(await looks(LOOKS_TO_SETTLE + 5)).toBe(LOOKS_TO_SETTLE + 1);
  expect(await looks(5)).toBe(0);
  loop.stop();
  loop.start();
  expect(await looks(LOOKS_TO_SETTLE + 5)).toBe(LOOKS_TO_SETTLE + 1);
  expect(loop.totals.coveredWhole).toBe(0);
});
