import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { getHeapStatistics } from 'node:v8';
import { ReplayCamera } from '../../firmware/camera/replay.ts';
import { Ffmpeg } from '../../firmware/media/ffmpeg.ts';
import { openRecording } from '../../firmware/media/recording.ts';
import { Doorway } from '../../src/count/doorway.ts';
import { Tracker } from '../../src/count/tracker.ts';
import { DetectorThread } from '../../src/detect/detector-thread.ts';
import type { ProfileName } from '../../src/detect/profile.ts';
import type { I420Frame } from '../../src/frame/i420.ts';
import { SlotRing } from '../../src/frame/slot-ring.ts';
import { CaptureLoop } from '../../src/loop/capture-loop.ts';
import { STAGES, type Stage } from '../../src/loop/stage-times.ts';
import { SystemClock } from '../../src/time/system-clock.ts';
import { thisMachine } from './machine.ts';
import { ModelAlone } from './model-alone.ts';
import { soak } from './soak.ts';

const HELP = `usage: npm run bench -- [options]

Runs the loop over the demonstration clip as fast as it goes, one inference thread, and prints what each stage
costs beside the model's own run by the clock, how much longer than that run a frame takes, and what the whole of
both threads costs beside the model alone in CPU time. Run it on a machine that does nothing else.

  --profile NAME   near (default), far or careful
  --frames N       frames to measure (default 1500)
  --soak MINUTES   besides, run the vision program at the clip's own rate and print its memory (default 0)
  --json           one JSON object instead of a table
  --save FILE      that JSON object, with what the machine is, into a file to send in (docs/performance.md)`;

const BUILD = fileURLToPath(new URL('../../build/', import.meta.url));
/** Frames of the clip that are played again and again: they fit into the page cache. */
const CLIP_FRAMES = 150;
const WARM_UP = 100;
/** After so many frames the loop is paused, to run the model alone. */
const PAUSE_EVERY = 50;
/** Everything that a frame costs beside the model's own run. */
const OVERHEAD: readonly Stage[] = ['sample', 'decode', 'track', 'cover', 'count'];

const { values } = parseArgs({
  options: {
    profile: { type: 'string', default: 'near' },
    frames: { type: 'string', default: '1500' },
    soak: { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
    save: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(HELP);
} else {
  const clip = await benchClip();
  const readMs = await timeReading(clip);
  const loop = await timeLoop(clip, values.profile as ProfileName, Number(values.frames));
  const overheadMs = readMs.mean + OVERHEAD.reduce((sum, stage) => sum + loop.stages[stage]!.mean, 0);
  const result = {
    machine: thisMachine(),
    profile: values.profile,
    ...loop,
    stages: { read: readMs, ...loop.stages },
    overheadMs,
    overheadToModel: overheadMs / loop.stages.model!.mean,
    frameToModel: 1_000 / loop.framesPerSecond / loop.stages.model!.mean,
    soak: Number(values.soak) > 0 ? await soak(Number(values.soak)) : undefined,
  };
  const json = JSON.stringify(result, null, 2);
  if (values.save !== undefined) await writeFile(values.save, `${json}\n`);
  if (values.json) console.log(json);
  else print(result);
}

interface Times {
  readonly mean: number;
  readonly p50: number;
  readonly p99: number;
}

/** A piece of the demonstration clip as Y4M, which the project reads by itself. */
async function benchClip(): Promise<string> {
  const clip = join(BUILD, 'bench', 'demo.y4m');
  if (existsSync(clip)) return clip;
  await mkdir(join(BUILD, 'bench'), { recursive: true });
  const args = [
    '-y',
    '-i',
    join(BUILD, 'material', 'demo.mp4'),
    '-frames:v',
    `${CLIP_FRAMES}`,
    `${clip}.part.y4m`,
  ];
  const ffmpeg = new Ffmpeg(clip, args, 'stdout');
  ffmpeg.process.stdout!.resume();
  await ffmpeg.finished();
  await rename(`${clip}.part.y4m`, clip);
  return clip;
}

/** Reading alone, straight into shared memory as the ring's. */
async function timeReading(clip: string): Promise<Times> {
  const histogram = createHistogram();
  for (let round = 0; round < 4; round++) {
    const { reader, close } = await openRecording(clip);
    const slot = new Uint8Array(new SharedArrayBuffer(reader.header.layout.byteLength));
    for (;;) {
      const begun = performance.now();
      if (!(await reader.read(slot))) break;
      if (round > 0) histogram.record(Math.round((performance.now() - begun) * 1e6));
    }
    await close();
  }
  return {
    mean: histogram.mean / 1e6,
    p50: histogram.percentile(50) / 1e6,
    p99: histogram.percentile(99) / 1e6,
  };
}

async function firstFrame(clip: string): Promise<I420Frame> {
  const { reader, close } = await openRecording(clip);
  const { layout } = reader.header;
  const bytes = new Uint8Array(layout.byteLength);
  await reader.read(bytes);
  await close();
  return layout.view(bytes);
}

async function timeLoop(clip: string, profile: ProfileName, frames: number) {
  const clock = new SystemClock();
  const camera = await ReplayCamera.prepare({ file: clip, pace: 'lossless', loop: true, clock });
  const ring = new SlotRing(camera.layout, 5);
  const ready = Promise.withResolvers<void>();
  const detector = new DetectorThread({
    ring,
    profile,
    modelsDir: join(BUILD, 'models'),
    threads: 1,
    clock,
    deadlineMs: 30_000,
    onHealth: (error) => (error ? ready.reject(error) : ready.resolve()),
  });
  const first = await firstFrame(clip);
  const alone = await ModelAlone.open(profile, join(BUILD, 'models'), first);
  const doorway = new Doorway(
    { from: [0.5, 0], to: [0.5, 1], in: 'right' },
    camera.layout.width,
    camera.layout.height,
  );
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const done = Promise.withResolvers<void>();
  let begunMs = 0;
  let cpu = process.cpuUsage();
  let heapBefore = 0;
  let allocated = 0;
  const pause = async (): Promise<void> => {
    delay.disable();
    await alone.pause();
    delay.enable();
    heapBefore = Number.POSITIVE_INFINITY;
  };
  const loop: CaptureLoop = new CaptureLoop({
    ring,
    detector,
    tracker: new Tracker(),
    style: 'blur',
    clock,
    sinks: [
      {
        write: () =>
          loop.totals.frames > WARM_UP && loop.totals.frames % PAUSE_EVERY === 0 ? pause() : undefined,
      },
    ],
    count: (tracks) => doorway.crossings(tracks),
    onFrame: () => {
      const frame = loop.totals.frames - WARM_UP;
      if (frame === 0) {
        loop.times.reset();
        begunMs = clock.monotonicMs();
        cpu = process.cpuUsage();
        delay.enable();
      }
      if (frame % 10 === 0) {
        const heap = getHeapStatistics().used_heap_size;
        // A collection in between makes it smaller; that step then counts as nothing.
        if (frame > 0) allocated += Math.max(0, heap - heapBefore);
        heapBefore = heap;
      }
      if (frame === frames) done.resolve();
    },
  });
  await ready.promise;
  loop.start();
  await camera.open(ring, ({ reason }) => done.reject(new Error(`the clip ${reason}`)));
  await done.promise;
  const seconds = (clock.monotonicMs() - begunMs - alone.pausedMs) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  delay.disable();
  const stages = Object.fromEntries(
    STAGES.map((stage) => {
      const percentile = (at: number): number => loop.times.percentileMs(stage, at);
      return [stage, { mean: loop.times.meanMs(stage), p50: percentile(50), p99: percentile(99) }];
    }),
  ) as Record<Stage, Times>;
  loop.stop();
  await camera.close();
  await detector.close();
  const copiedBytesPerFrame = alone.outputBytes;
  await alone.close();
  const cpuMsPerFrame = ((user + system) / 1_000 - alone.pausedCpuMs) / frames;
  return {
    size: `${camera.layout.width}x${camera.layout.height}`,
    frames,
    framesPerSecond: frames / seconds,
    cpuMsPerFrame,
    modelAloneCpuMs: alone.cpuMs,
    cpuToModelAlone: cpuMsPerFrame / alone.cpuMs,
    facesPerFrame: loop.totals.covers / loop.totals.frames,
    coveredWhole: loop.totals.coveredWhole,
    heapBytesPerFrame: allocated / frames,
    copiedBytesPerFrame,
    // The monitor's own timer ticks once a millisecond.
    eventLoopDelayP99Ms: Math.max(0, delay.percentile(99) / 1e6 - 1),
    stages,
  };
}

function print(
  result: Awaited<ReturnType<typeof timeLoop>> & {
    overheadMs: number;
    overheadToModel: number;
    frameToModel: number;
    profile: string;
    soak: unknown;
  },
): void {
  const { stages } = result;
  console.log(
    `${result.size}, profile ${result.profile}, one inference thread, ${result.frames} frames, ${result.facesPerFrame.toFixed(1)} faces a frame`,
  );
  console.log('\nstage      mean ms   p50 ms   p99 ms   of the model');
  for (const [stage, { mean, p50, p99 }] of Object.entries(stages)) {
    const share = `${((100 * mean) / stages.model.mean).toFixed(1)} %`;
    console.log(
      stage.padEnd(8) + [mean, p50, p99].map((ms) => ms.toFixed(3).padStart(9)).join('') + share.padStart(12),
    );
  }
  console.log(
    `\nall but the model and waiting: ${result.overheadMs.toFixed(2)} ms, ${(100 * result.overheadToModel).toFixed(1)} % of the model's run`,
  );
  console.log(
    `CPU time of all threads: ${result.cpuMsPerFrame.toFixed(2)} ms a frame, ${(100 * (result.cpuToModelAlone - 1)).toFixed(1)} % over the ${result.modelAloneCpuMs.toFixed(2)} ms of the model run alone in between`,
  );
  console.log(
    `${result.framesPerSecond.toFixed(1)} frames per second: one takes ${(100 * (result.frameToModel - 1)).toFixed(1)} % longer than the model's run, beside which the rest is done; ${result.coveredWhole} covered whole`,
  );
  console.log(`event-loop delay of the main thread, p99: ${result.eventLoopDelayP99Ms.toFixed(2)} ms`);
  console.log(
    `JavaScript heap of the main thread: ${Math.round(result.heapBytesPerFrame)} bytes a frame (a frame has ${(1280 * 720 * 3) / 2})`,
  );
  console.log(`copied out of the runtime, and freed: ${result.copiedBytesPerFrame} bytes a frame`);
  if (result.soak) console.log(`vision program: ${JSON.stringify(result.soak)}`);
}
