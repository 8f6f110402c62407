import { flushCompileCache } from 'node:module';
import { type Logger, pino } from 'pino';
import { SystemRandom } from '../src/anonymise/random-source.ts';
import { refusalToWatch } from '../src/config/refusal-to-watch.ts';
import { loadSettings, type Settings } from '../src/config/settings.ts';
import { DetectorThread } from '../src/detect/detector-thread.ts';
import { type PreflightOptions, preflight } from '../src/detect/preflight.ts';
import { NodeDisk } from '../src/disk/node-disk.ts';
import { FAULT_ADVICE } from '../src/interlock/fault-advice.ts';
import type { InterlockState } from '../src/interlock/interlock.ts';
import { LintelError } from '../src/lintel-error.ts';
import type { Clock } from '../src/time/clock.ts';
import { SystemClock } from '../src/time/system-clock.ts';
import { fingerprint } from '../src/wire/fingerprint.ts';
import { aimPlace } from './aim-place.ts';
import { openCamera } from './camera/open-camera.ts';
import { deviceFacts } from './device-facts.ts';
import { openDoorGpio } from './gpio/open-door-gpio.ts';
import { VideoFile } from './media/video-file.ts';
import { programDigest } from './program-digest.ts';
import { rateLog } from './rate-log.ts';
import { Guard } from './system/guard.ts';
import { ServiceManager } from './system/service-manager.ts';
import { SpoolProbe } from './system/spool-probe.ts';
import { SocThermometer } from './system/thermometer.ts';
import { Watchdog } from './system/watchdog.ts';
import { Vision } from './vision.ts';
import type { VisionStatus } from './vision-status.ts';

export interface VisionOptions {
  readonly settings: string;
  readonly status?: boolean;
  readonly windowSeconds?: number;
  readonly view?: string;
}

/** What finds the faces, and what tries it out first; others only in tests. */
export interface VisionModel {
  readonly preflight: (options: PreflightOptions) => Promise<void>;
  readonly program?: URL;
}

/** How long the detector may take for one frame before it is given up. */
const DEADLINE_MS = 2_000;
const STATUS_MS = 1_000;
/** What an ending in disorder may take; after that the guard ends it. */
const DISORDER_MS = 3_000;
/** Trouble in the same place is told of at most this often. */
const TROUBLE_MS = 60_000;

/**
 * The program that watches the door. Runs until SIGTERM or SIGINT; a recording is played again and again.
 * @returns the exit code
 * @throws LintelError when it cannot begin
 */
export async function runVision(options: VisionOptions, model: VisionModel = { preflight }): Promise<number> {
  const ended = Promise.withResolvers<number>();
  // From the first step on: who is ended half-way leaves things behind.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => ended.resolve(0));
  const settings = await loadSettings(options.settings);
  refuseWithACamera(options, settings);
  const refusal = refusalToWatch(settings);
  const facts = await deviceFacts(settings);
  const programSha256 = programDigest();
  const log = pino({ name: 'vision' });
  const manager = ServiceManager.fromEnvironment();
  const clock = new SystemClock();
  const { camera, driver, why } = await openCamera(settings.camera, clock);
  // Also where it cannot begin: what makes the view would keep this program from ending.
  await using unfinished = new AsyncDisposableStack();
  const view =
    options.view === undefined
      ? undefined
      : unfinished.adopt(
          await VideoFile.create(options.view, camera.layout, camera.framesPerSecond),
          (video) => video.abandon(),
        );
  const opened = Promise.withResolvers<void>();
  const trouble = teller(log, clock);
  const lost = (error: unknown) => {
    log.fatal(error instanceof Error ? error.message : String(error));
    ended.resolve(1);
  };
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught error: a mistake in this program');
    ended.resolve(1);
    leaveToTheGuard();
  });
  const gpio = await openDoorGpio(settings.lines, clock);
  const guard = await Guard.start(settings.lines, settings.paths.aim, clock, lost);
  const aim = await aimPlace(settings, clock, (reason) => log.warn({ reason }, 'it cannot be aimed'));

  const vision = await Vision.open({
    settings,
    windowSeconds: options.windowSeconds ?? settings.count.windowMinutes * 60,
    facts,
    programSha256,
    camera,
    clock,
    gpio: guard.beating(gpio),
    random: new SystemRandom(),
    thermometer: new SocThermometer(),
    sinks: view ? [view] : [],
    ...(aim && { aim }),
    detector: (ring) => {
      const { profile, threads } = settings.detector;
      const modelsDir = settings.paths.models;
      // Meanwhile the lines are in hand: a press counts before it is known whether anything can watch.
      const tried = opened.promise.then(() => {
        if (refusal) throw refusal;
        return model.preflight({ profile, modelsDir });
      });
      tried.catch((error) => {
        vision.status.neverWatches(refusal ? 'fault-device' : 'fault-model');
        ended.reject(error);
      });
      return new DetectorThread({
        ring,
        clock,
        profile,
        threads,
        modelsDir,
        deadlineMs: DEADLINE_MS,
        after: tried,
        ...(model.program && { program: model.program }),
        // The first time, this is what watching waits for; later losses are bridged by covering frames whole.
        onHealth: (error) => {
          if (error) return trouble('detector', error);
          vision.start();
          manager?.ready();
        },
      });
    },
    events: {
      changed: (state, before) => {
        manager?.says(
          state.fault ? `fault: ${state.fault}` : state.phase === 'watching' ? 'watching' : 'closed',
        );
        if (state.fault && state.fault !== before.fault)
          log.error({ fault: state.fault }, FAULT_ADVICE[state.fault]);
        if (state.fault === 'sensorStuck') leaveToTheGuard();
      },
      trouble,
      lost,
      lowered: rateLog(log, clock),
    },
  }).catch(async (error) => {
    await guard.dismiss();
    throw error;
  });
  opened.resolve();
  if (settings.lines.sense === undefined) {
    log.warn('no sense line: that the sign is lit is read back from its own output, not seen');
  }
  const { profile } = settings.detector;
  log.info({ camera: driver, why, profile, key: fingerprint(vision.publicKey) }, 'started');
  // By itself Node keeps what it has compiled when a program ends well, which this one seldom does.
  flushCompileCache();
  const status = options.status
    ? setInterval(() => log.info({ status: statusOf(vision) }), STATUS_MS)
    : undefined;

  const watchdog =
    manager &&
    new Watchdog({
      manager,
      clock,
      look: () => ({ state: vision.state, framesLookedAt: lookedAt(vision) }),
      probe: new SpoolProbe(settings.paths.spool, new NodeDisk()),
      trouble: (error) => trouble('watchdog', error),
      giveUp: () => ended.resolve(1),
    });

  try {
    return await ended.promise;
  } finally {
    manager?.stopping();
    watchdog?.stop();
    clearInterval(status);
    await vision.stop();
    await guard.dismiss();
    await view?.finish();
    log.info('ended');
  }
}

/** It ends every program that this one leaves behind, the camera's too, and darkens the sign after that. */
function leaveToTheGuard(): void {
  setTimeout(() => process.exit(1), DISORDER_MS).unref();
}

/** What is for development shows frames, or counts nothing was added to, and goes with a recording only. */
function refuseWithACamera(options: VisionOptions, { camera }: Settings): void {
  const { status, view, windowSeconds } = options;
  if (
    camera.driver === 'replay' ||
    (status === undefined && view === undefined && windowSeconds === undefined)
  )
    return;
  throw new LintelError(
    'USAGE',
    '--status, --view and --window-seconds go with a replayed recording only: leave them out with a camera',
  );
}

/** Tells of trouble, but of the same trouble not again and again. */
function teller(log: Logger, clock: Clock): (where: string, error: unknown) => void {
  const told = new Map<string, number>();
  return (where, error) => {
    const message = error instanceof Error ? error.message : String(error);
    const nowMs = clock.monotonicMs();
    if (nowMs - (told.get(where) ?? Number.NEGATIVE_INFINITY) < TROUBLE_MS) return;
    told.set(where, nowMs);
    log.error({ where, code: error instanceof LintelError ? error.code : undefined }, message);
  };
}

/** Those that were not covered whole for want of an answer. */
function lookedAt({ loop: { totals } }: Vision): number {
  return totals.frames - totals.coveredWhole;
}

function statusOf(vision: Vision): VisionStatus {
  const { phase, sign, sense, optedOut, fault }: InterlockState = vision.state;
  const { loop, ring, rate } = vision;
  return {
    phase,
    sign,
    sense,
    optedOut,
    ...(fault && { fault }),
    ...(vision.watchingSinceMs !== undefined && { watchingSinceMs: vision.watchingSinceMs }),
    ...loop.totals,
    dropped: ring.dropped,
    ...(rate.loweredTo !== undefined && { loweredTo: rate.loweredTo }),
    modelMs: loop.times.meanMs('model') || 0,
    residentMegabytes: process.memoryUsage.rss() / 1e6,
  };
}
