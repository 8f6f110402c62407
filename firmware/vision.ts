import { join } from 'node:path';
import type { RandomSource } from '../src/anonymise/random-source.ts';
import type { Settings } from '../src/config/settings.ts';
import { Tracker } from '../src/count/tracker.ts';
import type { Disk } from '../src/disk/disk.ts';
import { NodeDisk } from '../src/disk/node-disk.ts';
import { EvidenceLog } from '../src/evidence/evidence-log.ts';
import { SlotRing } from '../src/frame/slot-ring.ts';
import { DeviceKey } from '../src/identity/device-key.ts';
import { ChoiceFile } from '../src/interlock/choice-file.ts';
import type { InterlockState } from '../src/interlock/interlock.ts';
import { InterlockKeeper } from '../src/interlock/interlock-keeper.ts';
import { CaptureLoop, type FrameDetector, type ViewSink } from '../src/loop/capture-loop.ts';
import type { RateCause } from '../src/loop/frame-rate.ts';
import { OutsideCover } from '../src/redact/outside-cover.ts';
import { Spool } from '../src/spool/spool.ts';
import { StatusFiles } from '../src/spool/status-files.ts';
import type { Clock } from '../src/time/clock.ts';
import type { Signer } from '../src/wire/signature.ts';
import { AimView, type AimViewParts } from './aim-view.ts';
import type { Camera, CameraEnd } from './camera/camera.ts';
import { SilenceWatch } from './camera/silence-watch.ts';
import { DeviceEvidence } from './device-evidence.ts';
import type { DeviceFacts } from './device-facts.ts';
import { DeviceStatus } from './device-status.ts';
import { DoorCount } from './door-count.ts';
import { DoorLines } from './gpio/door-lines.ts';
import type { Gpio } from './gpio/gpio.ts';
import { RateKeeper } from './rate-keeper.ts';
import type { Thermometer } from './system/thermometer.ts';
import { EVIDENCE } from './vision-folders.ts';

/** One being filled, one being looked at, one being shown, and two waiting. */
const SLOTS = 5;
const LIGHT_MS = 200;
const DARK_MS = 1_000;
const SENSOR_MS = 10_000;
const RETRY_MS = 10_000;
/** Five presses, each of them short and all within this: no stuck button and no cut wire makes them. */
const AIM = { shortMs: 600, runMs: 5_000, lastsMs: 15 * 60_000 };

/** What `vision` says of itself to the program's log. */
export interface VisionEvents {
  readonly changed: (state: InterlockState, before: InterlockState) => void;
  readonly trouble: (where: string, error: unknown) => void;
  /** The lines are gone: end, and be started anew. */
  readonly lost: (error: unknown) => void;
  /** The camera was slowed down to what the loop can keep. */
  readonly lowered: (framesPerSecond: number, cause: RateCause) => void;
}

export interface VisionParts {
  readonly settings: Settings;
  readonly windowSeconds: number;
  readonly facts: DeviceFacts;
  /** Of the program's own source files. */
  readonly programSha256: Uint8Array;
  readonly camera: Camera;
  readonly gpio: Gpio;
  readonly clock: Clock;
  readonly random: RandomSource;
  /** The machine's own, unless a test gives another one. */
  readonly disk?: Disk;
  /** Without one, heat shows as load. */
  readonly thermometer?: Thermometer;
  readonly sinks: readonly ViewSink[];
  /** Where an installer may be shown what is seen, and for how long from now on that may be asked for. */
  readonly aim?: Pick<AimViewParts, 'folder' | 'openEncoder'> & { readonly askMs: number };
  readonly events: VisionEvents;
  /** Makes the detector for the frames in `ring`. */
  readonly detector: (ring: SlotRing) => ClosableDetector;
}

export type ClosableDetector = FrameDetector & { close(): Promise<void> };

/** The program that owns the camera: joins the loop, the interlock and the count, and ends them in order. */
export class Vision {
  readonly ring: SlotRing;
  readonly loop: CaptureLoop;
  readonly status: DeviceStatus;
  readonly rate: RateKeeper;
  /** What its messages are signed by. */
  readonly publicKey: Uint8Array;
  readonly #parts: VisionParts;
  readonly #detector: ClosableDetector;
  readonly #count: DoorCount;
  readonly #lines: DoorLines;
  readonly #keeper: InterlockKeeper;
  readonly #silence: SilenceWatch;
  readonly #aim: AimView | undefined;
  /** Wall-clock time at which watching began, while it lasts. */
  watchingSinceMs: number | undefined;

  /**
   * Opens state, spool and lines, and makes the detector. Nothing watches yet, but a press counts from now on.
   * @throws LintelError when a part is missing or broken
   */
  static async open(parts: VisionParts): Promise<Vision> {
    const { settings, windowSeconds, clock, gpio, disk = new NodeDisk() } = parts;
    const { spool: spoolDir, state: stateDir } = settings.paths;
    const spool = await Spool.open({ spoolDir, stateDir, windowSeconds, disk });
    const key = await DeviceKey.open(stateDir, disk);
    const log = await EvidenceLog.open({ folder: join(stateDir, EVIDENCE), disk, signer: key });
    const choice = new ChoiceFile(stateDir, disk);
    const optedOut = await choice.load();
    // Told of nothing before there is one: lines are first looked at in a turn of their own.
    let vision: Vision;
    const lines = await DoorLines.open(gpio, settings.lines, clock, {
      button: (pressed) => vision.#keeper.send(pressed ? 'pressed' : 'released'),
      stuck: () => vision.#keeper.send('stuck'),
      sense: (lit) => vision.#keeper.send(lit ? 'senseLit' : 'senseDark'),
      failed: (error) => vision.#linesLost(error),
    });
    try {
      vision = new Vision(parts, spool, key, log, lines, choice, optedOut);
    } catch (error) {
      await lines.close();
      throw error;
    }
    return vision;
  }

  private constructor(
    parts: VisionParts,
    spool: Spool,
    signer: Signer,
    log: EvidenceLog,
    lines: DoorLines,
    choice: ChoiceFile,
    optedOut: boolean,
  ) {
    const { settings, camera, clock, events, disk } = parts;
    const address = { site: settings.site.name, device: settings.site.device };
    this.#parts = parts;
    this.publicKey = signer.publicKey;
    this.#lines = lines;
    const outside = settings.area.length > 0 ? new OutsideCover(settings.area, camera.layout) : undefined;
    const ring = new SlotRing(camera.layout, SLOTS, (frame) => outside?.cover(frame));
    this.ring = ring;
    this.rate = new RateKeeper({
      camera,
      ring,
      clock,
      thermometer: parts.thermometer,
      onLowered: events.lowered,
    });
    const evidence = new DeviceEvidence({
      log,
      address,
      facts: parts.facts,
      programSha256: parts.programSha256,
      trouble: (error) => events.trouble('evidence', error),
    });
    this.status = new DeviceStatus({
      address,
      facts: parts.facts,
      signer,
      evidence,
      files: new StatusFiles(settings.paths.spool, disk),
      trouble: (error) => events.trouble('status', error),
    });
    this.#silence = new SilenceWatch(ring, clock, (error) => this.#ended({ reason: 'failed', error }));
    this.#count = new DoorCount({
      settings,
      address,
      signer,
      windowSeconds: parts.windowSeconds,
      layout: camera.layout,
      spool,
      random: parts.random,
      clock,
      windowBegins: (startSeconds) => this.status.write(startSeconds),
      dayReported: (day) => evidence.day(day),
      trouble: (error) => events.trouble('spool', error),
    });
    const { aim } = parts;
    this.#aim =
      aim &&
      new AimView({
        ...aim,
        layout: camera.layout,
        area: settings.area,
        senseWired: settings.lines.sense !== undefined,
        lastsMs: AIM.lastsMs,
        clock,
        trouble: (error) => events.trouble('aiming', error),
      });
    // Last, since it starts a thread.
    this.#detector = parts.detector(ring);
    this.loop = new CaptureLoop({
      ring,
      detector: this.#detector,
      tracker: new Tracker(),
      style: settings.cover.style,
      clock,
      sinks: this.#aim ? [...parts.sinks, this.#aim] : parts.sinks,
      count: (tracks) => (this.state.aiming ? this.#aim?.covered(tracks) : this.#count.count(tracks)),
      onUnknown: (error) => events.trouble('detector', error),
      onUnshown: (error) => events.trouble('view', error),
      onFrame: (busyMs, looked) => this.rate.frame(busyMs, looked),
    });
    this.#keeper = new InterlockKeeper({
      lines,
      sensor: {
        open: () => camera.open(ring, (end) => this.#ended(end)),
        close: () => this.#closeSensor(),
      },
      choice,
      clock,
      optedOut,
      sense: 'dark',
      times: {
        lightMs: LIGHT_MS,
        darkMs: DARK_MS,
        sensorMs: SENSOR_MS,
        retryMs: RETRY_MS,
        assistMs: settings.optOut.assistPulseSeconds * 1_000,
        returnMs: settings.optOut.returnMs,
        aim: aim && { ...AIM, askMs: aim.askMs },
      },
      onChange: (state, before) => {
        this.status.noticed(state);
        if (state.phase === 'watching' && before.phase !== 'watching') this.#watch();
        if (before.aiming && !state.aiming) this.#count.begin();
        this.#aim?.noticed(state, before);
        events.changed(state, before);
      },
      onError: (doing, error) => events.trouble(doing, error),
    });
  }

  get state(): InterlockState {
    return this.#keeper.state;
  }

  /** Watches, as soon as the interlock allows it. */
  start(): void {
    this.#keeper.send('start');
  }

  /** Closes the sensor, then darkens the sign, then gives everything back. Counts of a window under way are lost. */
  async stop(): Promise<void> {
    await this.#keeper.stop();
    await this.#aim?.stop();
    await this.#count.stop();
    await this.status.settled;
    await this.#detector.close();
    await this.#lines.close();
  }

  #watch(): void {
    this.watchingSinceMs = this.#parts.clock.wallMs();
    this.#count.begin();
    this.loop.start();
    this.#silence.begin();
  }

  async #closeSensor(): Promise<void> {
    this.loop.stop();
    this.#silence.end();
    this.watchingSinceMs = undefined;
    await this.#parts.camera.close();
    // What arrived between the two.
    this.ring.discardUnread();
  }

  #ended(end: CameraEnd): void {
    if (end.reason === 'failed') this.#parts.events.trouble('camera', end.error);
    this.#keeper.send('sensorEnded');
  }

  #linesLost(error: unknown): void {
    // A sign that cannot be seen any more counts as dark.
    this.#keeper.send('senseDark');
    this.#parts.events.lost(error);
  }
}
