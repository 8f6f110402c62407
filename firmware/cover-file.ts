import { Tracker } from '../src/count/tracker.ts';
import { DetectorThread } from '../src/detect/detector-thread.ts';
import { preflight } from '../src/detect/preflight.ts';
import type { ProfileName } from '../src/detect/profile.ts';
import { SlotRing } from '../src/frame/slot-ring.ts';
import { LintelError } from '../src/lintel-error.ts';
import { CaptureLoop } from '../src/loop/capture-loop.ts';
import type { CoverStyle } from '../src/redact/cover.ts';
import { SystemClock } from '../src/time/system-clock.ts';
import { ReplayCamera } from './camera/replay.ts';
import { refuseSameFile } from './media/same-file.ts';
import { VideoFile } from './media/video-file.ts';

export interface CoverOptions {
  readonly profile: ProfileName;
  readonly style: CoverStyle;
  readonly modelsDir: string;
  readonly progress: (frames: number) => void;
  /** Gives the work up when it is aborted. */
  readonly signal?: AbortSignal;
}

export interface Covered {
  readonly frames: number;
  readonly covers: number;
  readonly coveredWhole: number;
  /** To a tenth. */
  readonly framesPerSecond: number;
}

const DEADLINE_MS = 30_000;

/**
 * Runs a recording through the loop, frame for frame, into another file. What it writes it writes whole: `to` is not
 * there if anything went wrong.
 * @throws LintelError when a file, a model or ffmpeg cannot be used, or when it is given up
 */
export async function coverFile(from: string, to: string, options: CoverOptions): Promise<Covered> {
  await refuseSameFile(from, to);
  const clock = new SystemClock();
  const camera = await ReplayCamera.prepare({ file: from, pace: 'lossless', loop: false, clock });
  const out = await VideoFile.create(to, camera.layout, camera.framesPerSecond);
  try {
    await preflight(options);
    const { totals, seconds } = await runThrough(camera, out, clock, options);
    await out.finish();
    const { frames, covers, coveredWhole } = totals;
    return { frames, covers, coveredWhole, framesPerSecond: Math.round((frames / seconds) * 10) / 10 };
  } catch (error) {
    await out.abandon();
    // A terminal's Ctrl-C ends ffmpeg too, which then complains first.
    throw options.signal?.aborted
      ? new LintelError('INTERRUPTED', `interrupted: ${to} was not written`)
      : error;
  }
}

async function runThrough(camera: ReplayCamera, out: VideoFile, clock: SystemClock, options: CoverOptions) {
  const { profile, modelsDir, style, progress, signal } = options;
  const ring = new SlotRing(camera.layout, 5);
  const ready = Promise.withResolvers<void>();
  const played = Promise.withResolvers<void>();
  const failed = Promise.withResolvers<never>();
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
    onUnshown: failed.reject,
    onFrame: () => progress(loop.totals.frames),
  });
  const giveUp = (): void => failed.reject(signal?.reason);
  signal?.addEventListener('abort', giveUp);
  if (signal?.aborted) giveUp();
  try {
    await Promise.race([ready.promise, failed.promise]);
    const begunMs = clock.monotonicMs();
    loop.start();
    await camera.open(ring, (end) => (end.reason === 'failed' ? failed.reject(end.error) : played.resolve()));
    // A frame that cannot be written is told of before the loop is drained.
    await Promise.race([played.promise.then(() => loop.drained()), failed.promise]);
    return { totals: loop.totals, seconds: (clock.monotonicMs() - begunMs) / 1_000 };
  } finally {
    loop.stop();
    await camera.close();
    await detector.close();
  }
}
