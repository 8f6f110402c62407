import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { I420Layout } from '../../src/frame/i420.ts';
import { SlotRing } from '../../src/frame/slot-ring.ts';
import { packY4mFrame, y4mFrameLength, y4mHeader } from '../../src/frame/y4m-writer.ts';
import { SimulatedClock } from '../../src/time/simulated-clock.ts';
import { SystemClock } from '../../src/time/system-clock.ts';
import { Ffmpeg } from '../media/ffmpeg.ts';
import { RunningProcess } from '../system/running-process.ts';
import { cameraContract } from './camera.contract.ts';
import type { CameraEnd } from './camera.ts';
import { ReplayCamera, type ReplayOptions } from './replay.ts';

const FRAMES = 12;
/** Seconds that no other program is told to sleep. */
const HANGING = '86413.7';
const layout = new I420Layout(64, 48);
let folder: string;
let y4m: string;
let mkv: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lintel-replay-'));
  y4m = join(folder, 'clip.y4m');
  mkv = join(folder, 'clip.mkv');
  await writeFile(y4m, clip(FRAMES));
  const ffmpeg = new Ffmpeg(y4m, ['-i', y4m, '-c:v', 'ffv1', mkv], 'stdout');
  ffmpeg.process.stdout!.resume();
  await ffmpeg.finished();
});
afterAll(() => rm(folder, { recursive: true }));

const prepare = (file: string, options: Partial<ReplayOptions> = {}): Promise<ReplayCamera> =>
  ReplayCamera.prepare({ file, pace: 'real', loop: false, clock: new SystemClock(), ...options });

cameraContract('replay, of a Y4M file', () => prepare(y4m));
cameraContract('replay, through ffmpeg', () => prepare(mkv));

describe('a replayed recording', () => {
  it.each([
    ['Y4M', () => y4m],
    ['Matroska', () => mkv],
  ])('loses no frame of a %s file when it may wait for the loop, and tells its end', async (_, file) => {
    const camera = await prepare(file(), { pace: 'lossless' });
    expect(await play(camera)).toEqual({ marks: oneTo(FRAMES), end: { reason: 'finished' } });
  });

  it('waits for a slow loop when it must lose no frame', async () => {
    const camera = await prepare(y4m, { pace: 'lossless' });
    const ring = new SlotRing(layout, 3);
    const marks: number[] = [];
    const takeAll = (): void => {
      for (let slot = ring.take(); slot; slot = ring.take()) {
        marks.push(slot.bytes[0]!);
        ring.release(slot);
      }
    };
    // Nothing is taken before every slot is full.
    ring.onUnread(() => ring.hasFree || setImmediate(takeAll));
    const { promise, resolve } = Promise.withResolvers<CameraEnd>();
    await camera.open(ring, resolve);
    await promise;
    takeAll();
    await camera.close();
    expect(marks).toEqual(oneTo(FRAMES));
    expect(ring.dropped).toBe(0);
  });

  it('gives frames the time that the recording has them at when it may wait, however fast they are read', async () => {
    const camera = await prepare(y4m, { pace: 'lossless' });
    const ring = new SlotRing(layout, FRAMES + 1);
    const times: number[] = [];
    const { promise, resolve } = Promise.withResolvers<CameraEnd>();
    ring.onUnread(() => times.push(ring.take()!.capturedAt));
    await camera.open(ring, resolve);
    await promise;
    await camera.close();
    expect(times.map((time) => Math.round(time - times[0]!))).toEqual(
      oneTo(FRAMES).map((frame) => (frame - 1) * 40),
    );
  });

  it('plays at its own rate', async () => {
    const clock = new SimulatedClock();
    const camera = await prepare(y4m, { clock });
    const ring = new SlotRing(layout, 3);
    const times: number[] = [];
    let arrived = (): void => {};
    ring.onUnread(() => {
      times.push(clock.monotonicMs());
      ring.release(ring.take()!);
      arrived();
    });
    await camera.open(ring, () => {});
    for (let frame = 0; frame < 5; frame++) {
      const next = new Promise<void>((resolve) => {
        arrived = resolve;
      });
      await clock.advance(frame === 0 ? 0 : 40);
      await next;
    }
    await camera.close();
    expect(times).toEqual([0, 40, 80, 120, 160]);
  });

  it.each([
    ['Y4M', () => y4m],
    ['Matroska', () => mkv],
  ])('of a %s file begins again where it ends, if it is to loop', async (_, file) => {
    const camera = await prepare(file(), { pace: 'lossless', loop: true });
    expect((await play(camera, FRAMES + 3)).marks).toEqual([...oneTo(FRAMES), 1, 2, 3]);
  });

  it('is closed while ffmpeg does nothing to open it, and so is ffmpeg', async () => {
    const camera = await prepare(mkv);
    const programs = await mkdtemp(join(folder, 'programs-'));
    await writeFile(join(programs, 'ffmpeg'), `#!/bin/sh\nexec sleep ${HANGING}\n`, { mode: 0o755 });
    vi.stubEnv('PATH', `${programs}:${process.env.PATH}`);
    onTestFinished(() => {
      vi.unstubAllEnvs();
      for (const program of hanging()) program.kill();
    });
    const refused = expect(camera.open(new SlotRing(layout), () => {})).rejects.toMatchObject({
      code: 'CAMERA_CLOSED',
    });
    await vi.waitUntil(() => hanging().length > 0, 30_000);
    await camera.close();
    await refused;
    expect(hanging()).toEqual([]);
  });

  it('hands in what came before a cut, never the cut frame, and says so', async () => {
    const cut = join(folder, 'cut.y4m');
    await writeFile(cut, clip(FRAMES));
    await truncate(cut, y4mHeader(layout, 25).byteLength + 3.5 * y4mFrameLength(layout));
    const { marks, end } = await play(await prepare(cut, { pace: 'lossless' }));
    expect(marks).toEqual([1, 2, 3]);
    expect(end).toMatchObject({ reason: 'failed', error: { code: 'Y4M_CUT' } });
  });

  it.each([
    ['not there', 'none.y4m', undefined, 'MEDIA_MISSING'],
    ['empty', 'empty.y4m', '', 'Y4M_NOT_Y4M'],
    ['text', 'text.y4m', 'dear diary\n', 'Y4M_NOT_Y4M'],
    ['text named as a picture', 'text.jpg', 'dear diary\n', 'MEDIA_UNREADABLE'],
    ['1x1', 'one.y4m', 'YUV4MPEG2 W1 H1 F25:1\nFRAME\n\0\0\0', 'FRAME_SIZE'],
    ['8000x8000', 'big.y4m', 'YUV4MPEG2 W8000 H8000 F25:1\n', 'FRAME_SIZE'],
    ['in another colour space', 'c444.y4m', 'YUV4MPEG2 W64 H48 F25:1 C444\n', 'Y4M_HEADER'],
    ['interlaced', 'it.y4m', 'YUV4MPEG2 W64 H48 F25:1 It\n', 'Y4M_HEADER'],
    ['without a size', 'none2.y4m', 'YUV4MPEG2 F25:1\n', 'Y4M_HEADER'],
  ])('refuses a file that is %s', async (_, name, content, code) => {
    const file = join(folder, name);
    if (content !== undefined) await writeFile(file, content);
    await expect(prepare(file)).rejects.toMatchObject({ code });
  });
});

function hanging(): RunningProcess[] {
  return RunningProcess.others().filter(({ command }) => command.includes(HANGING));
}

function oneTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

/** A clip whose frames hold their number in every byte. */
function clip(frames: number): Uint8Array {
  const parts = [y4mHeader(layout, 25)];
  for (const mark of oneTo(frames)) {
    const packed = new Uint8Array(y4mFrameLength(layout));
    packY4mFrame(layout.view(new Uint8Array(layout.byteLength).fill(mark)), packed);
    parts.push(packed);
  }
  return Buffer.concat(parts);
}

async function play(
  camera: ReplayCamera,
  most = Number.POSITIVE_INFINITY,
): Promise<{ marks: number[]; end?: CameraEnd }> {
  const ring = new SlotRing(camera.layout, 4);
  const marks: number[] = [];
  const { promise, resolve } = Promise.withResolvers<CameraEnd | undefined>();
  ring.onUnread(() => {
    const slot = ring.take()!;
    marks.push(slot.bytes[0]!);
    if (marks.length === most) resolve(undefined);
    ring.release(slot);
  });
  await camera.open(ring, resolve);
  const end = await promise;
  await camera.close();
  return { marks: marks.slice(0, most), ...(end && { end }) };
}
