import type { Camera } from '../../firmware/camera/camera.ts';
import { type SensorDid, SimulatedCamera } from '../../firmware/camera/simulated.ts';
import type { DeviceFacts } from '../../firmware/device-facts.ts';
import { type ClosableDetector, Vision } from '../../firmware/vision.ts';
import { AIM_FILES, AimFolder } from '../../src/aiming/aim-folder.ts';
import { SystemRandom } from '../../src/anonymise/random-source.ts';
import { parseSettings } from '../../src/config/settings.ts';
import { settingsDigest } from '../../src/config/settings-digest.ts';
import { type Luck, SimulatedDisk } from '../../src/disk/simulated-disk.ts';
import { type I420Frame, I420Layout } from '../../src/frame/i420.ts';
import type { RateCause } from '../../src/loop/frame-rate.ts';
import { SimulatedClock } from '../../src/time/simulated-clock.ts';
import { Board } from './board.ts';
import type { Happening, Seen } from './happening.ts';
import { DiskOfLife, Life } from './life.ts';
import { QuickDetector } from './quick-detector.ts';
import { simulatedEncoder } from './simulated-encoder.ts';

const settingsIn = (timeZone: string) =>
  parseSettings(
    `
  site = { name = 'house', device = 'door', time_zone = '${timeZone}' }
  camera = { driver = 'replay', file = 'none' }
  doorway = { line = [[0.5, 0], [0.5, 1]], in_side = 'left-to-right' }
  paths = { spool = '/spool', state = '/state' }
  `,
    '/lintel.toml',
  );

const FACTS: DeviceFacts = {
  sense: 'wired',
  software: [0, 1, 0],
  modelsSha256: new Uint8Array(32).fill(1),
  settingsSha256: settingsDigest(settingsIn('UTC')),
};

const AIM = '/run/aim';
const ASK_MS = 60_000;

const USUAL = {
  framesPerSecond: 20,
  takesRate: false,
  windowSeconds: 900,
  timeZone: 'UTC',
  loadMs: 0,
  detectMs: 0,
  diskMs: 3,
  encodeMs: 0,
};

export interface DoorOptions {
  readonly framesPerSecond?: number;
  readonly windowSeconds?: number;
  /** Whether the sensor takes another rate; else the ring keeps to it. */
  readonly takesRate?: boolean;
  readonly timeZone?: string;
  /** From the program's start until its detector is there. */
  readonly loadMs?: number;
  readonly detectMs?: number;
  /** How long each step on the disk takes. */
  readonly diskMs?: number;
  /** How long a still takes to be made. */
  readonly encodeMs?: number;
  /** Another camera than the simulated one; it says what its sensor does. */
  readonly camera?: (did: (did: SensorDid) => void) => Camera;
  /** Another detector than the quick one; it says when it looks at a frame. */
  readonly detector?: (life: Life, looks: () => void) => ClosableDetector;
  readonly onShown?: (frame: I420Frame) => void;
}

/** One run of the program, with what is its own and ends with it. */
interface Run {
  readonly life: Life;
  readonly simulated: SimulatedCamera;
  readonly opened: Promise<Vision>;
  vision: Vision | undefined;
}

/** A door with a whole `vision` at it: real in every part but hardware, disk, time and the model. */
export class Door {
  readonly clock = new SimulatedClock(Date.UTC(2026, 0, 1, 12));
  readonly seen: Happening[] = [];
  readonly board = new Board(this.clock, (seen) => this.#see(seen));
  readonly troubles: { where: string; error: unknown }[] = [];
  /** Why the camera was slowed down, each time. */
  readonly loweredFor: RateCause[] = [];
  /** Of the processor. */
  celsius: number | undefined;
  disk = new SimulatedDisk();
  /** What a power cut leaves nothing of. */
  memory = new SimulatedDisk();
  /** Of this run's camera and of those to come. */
  readonly cameraFaults = { open: false, openMs: 0, closeMs: 0 };
  /** How long the detector takes for a frame, in this run and those to come. */
  detectMs: number;
  readonly #options: DoorOptions & typeof USUAL;
  #run: Run | undefined;

  constructor(options: DoorOptions = {}) {
    this.#options = { ...USUAL, ...options };
    this.detectMs = this.#options.detectMs;
  }

  get runs(): boolean {
    return this.#run !== undefined;
  }

  get vision(): Vision {
    return this.#run!.vision!;
  }

  /** The camera ends by itself, if it is open. */
  endStream(): void {
    this.#run?.simulated.end({ reason: 'failed', error: new Error('the camera has ended') });
  }

  /** Its detector was lost, and the one that follows it is ready. */
  replaceDetector(): void {
    this.#run?.vision?.start();
  }

  /** Starts the program; it has opened everything some milliseconds later. */
  start(): void {
    const { framesPerSecond, takesRate, windowSeconds, loadMs, diskMs, encodeMs, camera, detector, onShown } =
      this.#options;
    const life = new Life(this.clock);
    const sensorDid = (did: SensorDid) => this.#see({ what: 'sensor', did });
    const looks = () => this.#see({ what: 'frame', was: 'looked at' });
    const simulated = new SimulatedCamera({
      layout: new I420Layout(16, 16),
      framesPerSecond,
      takesRate,
      clock: life,
      onSensor: sensorDid,
    });
    simulated.faults = this.cameraFaults;
    const disk = new DiskOfLife(this.disk, life, diskMs);
    const memory = new DiskOfLife(this.#seenMemory(), life, diskMs);
    const openEncoder = simulatedEncoder(() => life.pass(encodeMs));
    const aim = { folder: new AimFolder(AIM, memory), openEncoder, askMs: ASK_MS };
    this.#see({ what: 'program', runs: true });
    const opened = Vision.open({
      settings: settingsIn(this.#options.timeZone),
      windowSeconds,
      facts: FACTS,
      camera: camera?.(sensorDid) ?? simulated,
      programSha256: new Uint8Array(32).fill(2),
      gpio: this.board.gpio,
      clock: life,
      random: new SystemRandom(),
      disk,
      aim,
      thermometer: { celsius: async () => this.celsius },
      sinks: [
        {
          write: (frame) => {
            this.#see({ what: 'frame', was: 'shown' });
            onShown?.(frame);
          },
        },
      ],
      detector: () => detector?.(life, looks) ?? new QuickDetector(life, () => this.detectMs, looks),
      events: {
        changed: () => {},
        trouble: (where, error) => void this.troubles.push({ where, error }),
        lost: (error) => void this.troubles.push({ where: 'lines', error }),
        lowered: (_, cause) => void this.loweredFor.push(cause),
      },
    });
    const run: Run = { life, simulated, opened, vision: undefined };
    this.#run = run;
    opened.then((vision) => {
      run.vision = vision;
      life.after(loadMs, () => vision.start());
    });
  }

  /** Starts, and lets it come to rest: watching, when nothing forbids it. */
  async watch(): Promise<void> {
    this.start();
    await this.clock.advance(this.#options.loadMs + 500);
  }

  /** Ends the program as SIGTERM does. Time has to be let pass meanwhile. */
  async end(): Promise<void> {
    const run = this.#run!;
    const vision = await run.opened;
    this.#see({ what: 'stop' });
    await vision.stop();
    this.#over(run);
  }

  /** What SIGKILL does: the sensor is closed by the system, and the lines stay as they are. */
  async kill(): Promise<void> {
    const run = this.#run!;
    run.life.end();
    this.#see({ what: 'sensor', did: 'closed' });
    await this.board.gpio.close();
    // What the guard does, which outlives the program.
    await new AimFolder(AIM, this.memory).clear();
    this.#over(run);
  }

  async cutPower(luck: Luck): Promise<void> {
    await this.kill();
    this.board.loseOutputs();
    this.disk = this.disk.afterPowerCut(luck);
    this.memory = new SimulatedDisk();
  }

  #over(run: Run): void {
    run.life.end();
    this.#run = undefined;
    this.#see({ what: 'program', runs: false });
  }

  #seenMemory(): SimulatedDisk {
    let isShown = false;
    this.memory.onStep = (step, path) => {
      // A file is written under another name, and renamed.
      if (path !== `${AIM}/${AIM_FILES.still}` || (step !== 'rename' && step !== 'remove')) return;
      const shown = step === 'rename';
      if (shown || isShown) this.#see({ what: 'still', shown });
      isShown = shown;
    };
    void this.memory.makeDirectory(AIM);
    return this.memory;
  }

  #see(seen: Seen): void {
    this.seen.push({ atMs: this.clock.monotonicMs(), ...seen } as Happening);
  }
}
