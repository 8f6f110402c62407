import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'smol-toml';
import { RunningProcess } from '../../../firmware/system/running-process.ts';
import { I420Layout } from '../../../src/frame/i420.ts';
import { packY4mFrame, y4mFrameLength, y4mHeader } from '../../../src/frame/y4m-writer.ts';
import { monotonicMs } from '../sim/line-observer.ts';
import type { SimChip } from '../sim/sim-chip.ts';
import { SimLamp } from '../sim/sim-lamp.ts';
import { DoorObserver } from './door-observer.ts';
import { NO_AIMING } from './no-aiming.ts';

const program = join(import.meta.dirname, 'quick-vision.ts');
const layout = new I420Layout(64, 48);
const clipFrames = 200;

/** As short as people press: a level of the button is noticed by then, even if its edges are missed and time is emulated. */
export const SETTLED_MS = 150;

const MOST_STARTS = 3;

/** The line of the button of this door. */
export function buttonOf(place: number): number {
  return 4 * place;
}

export interface DoorOptions {
  /** Among the doors of its chip, from 0. */
  readonly place?: number;
  readonly framesPerSecond: number;
  /** Between two looks of the observer. */
  readonly pauseMs: number;
}

/** A door with the real `vision` at it, on the lines of the kernel's simulator, and an observer outside. */
export class WatchedDoor implements AsyncDisposable {
  readonly observer: DoorObserver;
  readonly #chip: SimChip;
  readonly #button: number;
  readonly #lamp: SimLamp;
  readonly #folder: string;
  #vision: ChildProcess | undefined;

  /** @param folder where the door's files are, which outlive it */
  static async set(
    folder: string,
    chip: SimChip,
    { place = 0, framesPerSecond, pauseMs }: DoorOptions,
  ): Promise<WatchedDoor> {
    const button = buttonOf(place);
    const [sign, sense, assist] = [button + 1, button + 2, button + 3];
    mkdirSync(folder, { recursive: true });
    const frame = new Uint8Array(y4mFrameLength(layout));
    packY4mFrame(layout.view(new Uint8Array(layout.byteLength).fill(100)), frame);
    const clip = Array.from({ length: clipFrames }, () => frame);
    writeFileSync(join(folder, 'clip.y4m'), Buffer.concat([y4mHeader(layout, framesPerSecond), ...clip]));
    writeFileSync(
      join(folder, 'lintel.toml'),
      stringify({
        site: { name: 'house', device: 'door' },
        camera: { driver: 'replay', file: 'clip.y4m' },
        doorway: {
          line: [
            [0.5, 0],
            [0.5, 1],
          ],
          in_side: 'left-to-right',
        },
        opt_out: { assist_pulse_seconds: 0.5 },
        lines: { driver: 'onoff', chip: chip.label, sign, sense, button, assist },
        paths: { spool: 'spool', state: 'state', aim: NO_AIMING },
      }),
    );
    const lamp = await SimLamp.wire(chip, sign, sense);
    const observer = await DoorObserver.start({
      lines: {
        sign: chip.valueFile(sign),
        sense: chip.valueFile(sense),
        assist: chip.valueFile(assist),
      },
      clip: join(folder, 'clip.y4m'),
      view: join(folder, 'view.lintel-part.y4m'),
      frameBytes: frame.byteLength,
      pauseMs,
    });
    const door = new WatchedDoor(folder, chip, button, lamp, observer);
    door.release();
    return door;
  }

  private constructor(folder: string, chip: SimChip, button: number, lamp: SimLamp, observer: DoorObserver) {
    this.#folder = folder;
    this.#chip = chip;
    this.#button = button;
    this.#lamp = lamp;
    this.observer = observer;
  }

  /**
   * Starts `vision`; resolves when frames are shown. Emulated, a start may keep it from showing itself to its guard for
   * so long that the guard ends it: as a service it is started again then, and here too.
   * @throws Error when that did not help
   */
  async open(): Promise<void> {
    for (let starts = 0; starts < MOST_STARTS; starts++) {
      await this.start();
      const watching = this.watching();
      const exit = once(this.#vision!, 'exit');
      if (!this.#isGone && (await Promise.race([watching.then(() => true), exit.then(() => false)]))) return;
      watching.catch(() => {});
      process.stdout.write(`start ${starts + 1} was ended\n`);
    }
    throw new Error(`vision was ended in each of ${MOST_STARTS} starts`);
  }

  /** Starts `vision`; resolves when it looks after its lines, though its detector may not be there yet. */
  async start(): Promise<void> {
    const files = [join(this.#folder, 'lintel.toml'), join(this.#folder, 'view.y4m')];
    rmSync(join(this.#folder, 'view.lintel-part.y4m'), { force: true });
    const vision = spawn(process.execPath, [program, ...files], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#vision = vision;
    for await (const said of vision.stdout!.iterator({ destroyOnReturn: false }))
      if (String(said).includes('"msg":"started"')) break;
    vision.stdout!.resume();
    // Before, it has looked at the clip's head, which no real sensor has.
    this.observer.watch(vision.pid!);
  }

  /** Resolves when frames are shown. */
  async watching(): Promise<void> {
    const { frames } = await this.observer.until(({ sensorOpen }) => sensorOpen);
    await this.observer.until((sight) => sight.frames > frames);
  }

  /** @returns when the button was pressed */
  press(): number {
    const pressedMs = monotonicMs();
    this.#chip.drive(this.#button, 1);
    return pressedMs;
  }

  release(): void {
    this.#chip.drive(this.#button, 0);
  }

  /** Kills `vision` as a crash would; resolves with its guard when it is gone. */
  async kill(): Promise<RunningProcess> {
    const vision = this.#vision!;
    const { id } = RunningProcess.withPid(vision.pid!)!;
    const guard = RunningProcess.others().find(({ command }) => command.at(-1) === id)!;
    const exit = once(vision, 'exit');
    vision.kill('SIGKILL');
    await exit;
    return guard;
  }

  /** Whether `vision` has kept that the resident opted out. */
  get keptOptOut(): boolean {
    return existsSync(join(this.#folder, 'state/opted-out'));
  }

  get #isGone(): boolean {
    return this.#vision!.exitCode !== null || this.#vision!.signalCode !== null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#vision && !this.#isGone) await this.kill().then((guard) => guard.ended());
    await this.observer[Symbol.asyncDispose]();
    await this.#lamp[Symbol.asyncDispose]();
  }
}
