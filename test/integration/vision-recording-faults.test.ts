import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReplayCamera } from '../../firmware/camera/replay.ts';
import { I420Layout } from '../../src/frame/i420.ts';
import { LONGEST_LINE } from '../../src/frame/y4m-header.ts';
import { packY4mFrame, y4mFrameLength, y4mHeader } from '../../src/frame/y4m-writer.ts';
import { type FaultyClip, faultyRecording, type RecordingFault } from '../faulty/faulty-recording.ts';
import { ContrastDetector, sharpPart } from '../vision-rig/contrast.ts';
import { Door } from '../vision-rig/door.ts';
import type { Happening } from '../vision-rig/happening.ts';
import { SeenCamera } from '../vision-rig/seen-camera.ts';
import { Witness } from '../vision-rig/witness.ts';

const RUNS = 60;
const FRAMES = 20;
const FRAMES_PER_SECOND = 10;
const FACE = 12;
const layout = new I420Layout(64, 48);
const clip = walkingFace();
/** The share of the clip that is read to open it. */
const HEAD = LONGEST_LINE / clip.bytes.length;
/** Till a camera that gives nothing is given up, and till it is tried again. */
const SILENT_MS = 20_000;
const RETRY_MS = 10_000;

interface Watched {
  readonly door: Door;
  /** Frames that were shown in which a face could be made out. */
  readonly uncovered: () => number;
}

/** A door whose camera plays the clip with one of `faults` in each of its openings, and then without any. */
async function watch(faults: readonly RecordingFault[], detectMs = 0): Promise<Watched> {
  let uncovered = 0;
  let tookFrame = (): void => {};
  const door: Door = new Door({
    camera: (did) => {
      tookFrame = () => did('took a frame');
      return new SeenCamera(camera, did);
    },
    detector: (life, looks) => new ContrastDetector(life, detectMs, looks),
    onShown: (frame) => {
      if (sharpPart(frame)) uncovered++;
    },
  });
  // The first opening is for the head alone.
  const open = faultyRecording(clip, [{ fault: 'none' }, ...faults], () => tookFrame());
  const camera = await ReplayCamera.prepare({
    file: 'clip',
    pace: 'real',
    loop: true,
    clock: door.clock,
    open,
  });
  door.start();
  return { door, uncovered: () => uncovered };
}

const codes = (door: Door) => door.troubles.map(({ error }) => (error as { code?: string }).code);
const isShown = (seen: Happening) => seen.what === 'frame' && seen.was === 'shown';
const shownSince = (door: Door, atMs: number) =>
  door.seen.filter((seen) => isShown(seen) && seen.atMs > atMs).length;

function keepsItsPromises({ door, uncovered }: Watched): void {
  const witness = new Witness(3);
  for (const happening of door.seen) witness.take(happening);
  expect(witness.violations).toEqual([]);
  expect(uncovered()).toBe(0);
}

describe('a camera whose recording', () => {
  it.each<[string, RecordingFault, string]>([
    ['stalls', { fault: 'stall', at: 0.5 }, 'CAMERA_SILENT'],
    ['is cut off in a frame', { fault: 'truncation', at: 0.48 }, 'Y4M_CUT'],
    ['turns to garbage', { fault: 'garbage', at: 0.5, bytes: 10_000, seed: 1 }, 'Y4M_FRAME'],
    ['lacks some bytes', { fault: 'gap', at: 0.5, bytes: 100 }, 'Y4M_FRAME'],
    ['holds no frame', { fault: 'empty' }, 'MEDIA_EMPTY'],
    ['cannot be opened', { fault: 'missing' }, 'MEDIA_MISSING'],
  ])('%s is closed under its sign, and tried again after a rest', async (_, fault, code) => {
    const watched = await watch([fault]);
    const { door } = watched;
    await door.clock.advance(SILENT_MS + 5_000);
    expect(codes(door)).toEqual([code]);
    await door.clock.advance(RETRY_MS + 1_000);
    const nowMs = door.clock.monotonicMs();
    await door.clock.advance(1_000);
    expect(shownSince(door, nowMs)).toBe(FRAMES_PER_SECOND);
    keepsItsPromises(watched);
  });

  it('gives nothing to open it by is closed under its sign, and tried again after a rest', async () => {
    const watched = await watch([{ fault: 'stall', at: 0 }]);
    const { door } = watched;
    await door.clock.advance(RETRY_MS + 1_000);
    expect(door.board.level('sign')).toBe(0);
    expect(door.vision.state.fault).not.toBe('sensorStuck');
    await door.clock.advance(RETRY_MS);
    const nowMs = door.clock.monotonicMs();
    await door.clock.advance(1_000);
    expect(shownSince(door, nowMs)).toBe(FRAMES_PER_SECOND);
    keepsItsPromises(watched);
  });

  it('ends early is played again, without a rest', async () => {
    const watched = await watch([{ fault: 'early end', frames: 3 }]);
    await watched.door.clock.advance(5_500);
    expect(shownSince(watched.door, 500)).toBe(50);
    expect(codes(watched.door)).toEqual([]);
    keepsItsPromises(watched);
  });

  it('holds no frame any more when it is played again is not opened in a row without a rest', async () => {
    const watched = await watch([
      { fault: 'none' },
      { fault: 'empty' },
      { fault: 'empty' },
      { fault: 'empty' },
    ]);
    await watched.door.clock.advance(25_000);
    expect(codes(watched.door)).toEqual(['MEDIA_EMPTY', 'MEDIA_EMPTY', 'MEDIA_EMPTY']);
    keepsItsPromises(watched);
  });

  it('breaks in any way, again and again, shows no face, and shows covered frames again in the end', async () => {
    const at = fc.double({ min: HEAD, max: 1, noNaN: true });
    const bytes = fc.integer({ min: 1, max: 20_000 });
    const fault = fc.oneof(
      fc.constantFrom<RecordingFault>({ fault: 'missing' }, { fault: 'empty' }),
      fc.record({
        fault: fc.constant('stall' as const),
        at: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      fc.record({
        fault: fc.constant('truncation' as const),
        at: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      fc.record({ fault: fc.constant('early end' as const), frames: fc.nat({ max: FRAMES }) }),
      fc.record({ fault: fc.constant('garbage' as const), at, bytes, seed: fc.nat() }),
      fc.record({ fault: fc.constant('gap' as const), at, bytes }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fault, { minLength: 1, maxLength: 4 }),
        fc.nat({ max: 150 }),
        async (faults, detectMs) => {
          const watched = await watch(faults, detectMs);
          const { door } = watched;
          const lastMs =
            faults.length * (SILENT_MS + RETRY_MS + (FRAMES * 1_000) / FRAMES_PER_SECOND) + 1_000;
          await door.clock.advance(lastMs);
          await door.clock.advance(2_000);
          expect(shownSince(door, lastMs)).toBeGreaterThan(5);
          keepsItsPromises(watched);
          const openings = door.seen.filter((seen) => seen.what === 'sensor' && seen.did === 'opened');
          expect(openings.length).toBeLessThanOrEqual(1 + lastMs / RETRY_MS);
        },
      ),
      { numRuns: RUNS, seed: Number(process.env.LINTEL_SEED ?? 1) },
    );
  });
});

/** A clip in which a face, of checks, goes from left to right. */
function walkingFace(): FaultyClip {
  const head = y4mHeader(layout, FRAMES_PER_SECOND);
  const frames = Array.from({ length: FRAMES }, (_, index) => {
    const frame = layout.view(new Uint8Array(layout.byteLength).fill(128));
    for (let row = 0; row < FACE; row++) {
      for (let x = 0; x < FACE; x++)
        frame.y[(18 + row) * layout.lumaStride + 2 * index + 6 + x] = (row + x) % 2 ? 235 : 16;
    }
    const packed = new Uint8Array(y4mFrameLength(layout));
    packY4mFrame(frame, packed);
    return packed;
  });
  return { bytes: Buffer.concat([head, ...frames]), headBytes: head.length, frameBytes: frames[0]!.length };
}
