import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { Tracker } from '../../src/count/tracker.ts';
import { DetectorThread } from '../../src/detect/detector-thread.ts';
import { type I420Frame, I420Layout } from '../../src/frame/i420.ts';
import { SlotRing } from '../../src/frame/slot-ring.ts';
import { CaptureLoop } from '../../src/loop/capture-loop.ts';
import { coverWhole } from '../../src/redact/cover.ts';
import { SimulatedClock } from '../../src/time/simulated-clock.ts';
import { Fault, type FaultName } from '../faulty/faults.ts';

const layout = new I420Layout(64, 48);
const WHOLE = whole();
const DEADLINE_MS = 2_000;
/** Longer than a thread may take to leave, and than it takes until another one is started. */
const REPLACED_MS = 1_000;

/**
 * A loop over a detector that does what each frame's first pixel says; what it lets through is kept. Its time stands still,
 * so that a thread is late only where one is to be.
 */
class Rig {
  readonly clock = new SimulatedClock();
  readonly ring = new SlotRing(layout, 5);
  readonly shown: Uint8Array[] = [];
  readonly troubles: string[] = [];
  readonly detector: DetectorThread;
  readonly loop: CaptureLoop;
  #waiting: (() => void)[] = [];

  /** @param after what the detector waits for before it starts */
  constructor(after = Promise.resolve()) {
    this.detector = new DetectorThread({
      ring: this.ring,
      profile: 'near',
      modelsDir: 'not used',
      threads: 1,
      clock: this.clock,
      deadlineMs: DEADLINE_MS,
      leaveMs: REPLACED_MS,
      program: new URL('../faulty/detector-worker.ts', import.meta.url),
      after,
      onHealth: () => this.#changed(),
    });
    this.loop = new CaptureLoop({
      ring: this.ring,
      detector: this.detector,
      tracker: new Tracker(),
      style: 'solid',
      clock: this.clock,
      sinks: [{ write: (frame) => void this.shown.push(copy(frame)) }],
      count: () => {},
      onUnknown: (error) => void this.troubles.push((error as { code: string }).code),
      onFrame: () => this.#changed(),
    });
    this.loop.start();
  }

  /** Hands in a frame with a bright, patterned picture, and waits until it has left the loop. */
  async show(fault: FaultName): Promise<Uint8Array> {
    const before = this.shown.length;
    this.commit(fault);
    if (fault === 'hangs' || fault === 'isSilent') await this.clock.advance(DEADLINE_MS);
    await this.until(() => this.shown.length > before);
    return this.shown.at(-1)!;
  }

  commit(fault: FaultName): void {
    const slot = this.ring.acquire();
    for (let at = 0; at < slot.bytes.length; at++) slot.bytes[at] = 60 + ((at * 7) % 120);
    slot.bytes[0] = Fault[fault];
    this.ring.commit(slot, this.clock.monotonicMs());
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #changed(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

describe('what leaves the loop while the detector misbehaves (P3)', () => {
  let rig: Rig;
  afterEach(async () => {
    rig.loop.stop();
    const closed = rig.detector.close();
    await rig.clock.advance(REPLACED_MS);
    await closed;
  });

  async function ready(): Promise<void> {
    rig = new Rig();
    await rig.until(() => rig.detector.ready);
  }

  it('is covered at its faces only, when the detector answers', async () => {
    await ready();
    const frame = await rig.show('none');
    expect(frame).not.toEqual(WHOLE);
    expect(rig.loop.totals).toMatchObject({ frames: 1, coveredWhole: 0, covers: 1 });
  });

  it.each([
    ['fails', 'DETECTOR_FAILED'],
    ['hangs', 'DETECTOR_LATE'],
    ['dies', 'DETECTOR_DIED'],
    ['throws', 'DETECTOR_DIED'],
    ['isSilent', 'DETECTOR_LATE'],
    ['answersForAnotherFrame', 'ANSWER_STALE'],
  ] as const)(
    'is covered whole when the detector %s, and faces alone are covered again after that',
    async (fault, code) => {
      await ready();
      expect(await rig.show(fault)).toEqual(WHOLE);
      expect(rig.troubles).toEqual([code]);
      await rig.clock.advance(REPLACED_MS);
      await rig.until(() => rig.detector.ready);
      expect(await rig.show('none')).not.toEqual(WHOLE);
    },
  );

  it('is covered whole, at the pace of the camera, while no detector is ready', async () => {
    rig = new Rig(new Promise(() => {}));
    for (let frame = 0; frame < 5; frame++) expect(await rig.show('none')).toEqual(WHOLE);
    expect(new Set(rig.troubles)).toEqual(new Set(['DETECTOR_NOT_READY']));
  });

  it('keeps the timers of the main thread firing while a detector hangs', async () => {
    await ready();
    rig.commit('hangs');
    for (let timer = 0; timer < 100; timer++) await delay(1);
    expect(rig.shown).toEqual([]);
    await rig.clock.advance(DEADLINE_MS);
    expect(rig.shown).toEqual([WHOLE]);
  });

  it('is nothing at all after a stop, and every slot is wiped', async () => {
    await ready();
    for (let frame = 0; frame < 3; frame++) rig.commit('none');
    rig.loop.stop();
    expect(new Uint8Array(rig.ring.memory).every((byte) => byte === 0)).toBe(true);
    rig.loop.start();
    expect(await rig.show('none')).not.toEqual(WHOLE);
    // The frame that was being looked at during the stop was answered since, and was not shown.
    expect(rig.shown.length).toBe(1);
  });
});

function copy({ y, u, v }: I420Frame): Uint8Array {
  return Uint8Array.from([...y, ...u, ...v]);
}

function whole(): Uint8Array {
  const frame = layout.view(new Uint8Array(layout.byteLength));
  coverWhole(frame);
  return copy(frame);
}
