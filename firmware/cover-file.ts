import { Tracker } from '../src/count/tracker.ts';
import { DetectorThread } from '../src/detect/detector-thread.ts';
import { preflight } from '../src/detect/preflight.ts';
import type { ProfileName } from '../src/detect/profile.ts';
import { SlotRing } from '../src/frame/slot-ring.ts';
import { CaptureLoop } from '../src/loop/capture-loop.ts';
import type { CoverStyle } from '../src/redact/cover.ts';
import { SystemClock } from '../src/time/system-clock.ts';
import type { CameraEnd } from './camera/camera.ts';
import { ReplayCamera } from './camera/replay.ts';
import { VideoFile } from './media/video-file.ts';

export interface CoverOptions {
  readonly profile: ProfileName;
  readonly style: CoverStyle;
  readonly modelsDir: string;
  readonly progress: (frames: number) => void;
}

export interface Covered {
  readonly frames: number;
  readonly covers: number;
  readonly coveredWhole: number;
  readonly framesPerSecond: number;
}

const DEADLINE_MS = 30_000;

/**
 * Runs a recording through the loop, frame for frame, into another file. What it writes it writes whole: `to` is not
 * there if anything went wrong.
 * @throws LintelError when a file, a model or ffmpeg cannot be used
 */
export async function coverFile(from: string, to: string, options: CoverOptions): Promise<Covered> {
  const { profile, modelsDir, style, progress } = options;
  const clock = new SystemClock();
  const camera = await ReplayCamera.prepare({ file: from, pace: 'lossless', loop: false, clock });
  await preflight({ profile, modelsDir });
  const ring = new SlotRing(camera.layout, 5);
  const out = await VideoFile.create(to, camera.layout, camera.framesPerSecond);
  const ready = Promise.withResolvers<void>();
  const over = Promise.withResolvers<CameraEnd>();
  const detector = new DetectorThread({
    ring,
    profile,
    modelsDir,
    threads: 1,
    clock,
    deadlineMs: DEADLINE_MS,
    onHealth: (error) => (error ? ready.reject(error) : ready.resolve()),
  });
  const loop = new CaptureLoop({
    ring,
    detector,
    tracker: new Tracker(),
    style,
    clock,
    sinks: [out],
    count: () => {},
    onUnshown: (error) => over.resolve({ reason: 'failed', error: error as Error }),
    onFrame: () => progress(loop.totals.frames),
  });
  try {
    await ready.promise;
    const begunMs = clock.monotonicMs();
    loop.start();
    await camera.open(ring, over.resolve);
    const end = await over.promise;
    if (end.reason === 'failed') throw end.error;
    await loop.drained();
    await out.finish();
    const seconds = (clock.monotonicMs() - begunMs) / 1_000;
    return { ...loop.totals, framesPerSecond: loop.totals.frames / seconds };
  } catch (error) {
    await out.abandon();
    throw error;
  } finally {
    loop.stop();
    await camera.close();
    await detector.close();
  }
}
