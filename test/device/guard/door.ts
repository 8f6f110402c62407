import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { stringify } from 'smol-toml';
import type { Level } from '../../../firmware/gpio/gpio.ts';
import { GUARD_MARK } from '../../../firmware/system/guarded-programs.ts';
import { RunningProcess } from '../../../firmware/system/running-process.ts';
import { AIM_FILES } from '../../../src/aiming/aim-folder.ts';
import { pi, standIn } from '../gpio-fuse/stand-in.ts';

const ROOT = join(import.meta.dirname, '../../..');
const VISION = [
  '--import',
  join(import.meta.dirname, 'fault.ts'),
  join(ROOT, 'firmware/lintel.ts'),
  'vision',
];
/** With the stand-ins for cameras' programs. */
const PATH = [join(ROOT, 'test/camera/programs'), dirname(process.execPath), process.env.PATH].join(
  delimiter,
);
const COMPILE_CACHE = join(ROOT, 'build/compile-cache');
const LONGEST_MS = 30_000;
/** In its folder, as a setting has it. */
const AIM = 'aim';
/** Each door has lines of its own, so that several can be looked at at a time. */
let nextLine = 0;

/** What is seen from outside at one moment. The sensor counts as open until its program is gone. */
interface Sight {
  readonly sign: Level;
  readonly assist: Level;
  readonly sensorOpen: boolean;
}

/** A door that the real `vision` watches, on the lines of the stand-in; looked at from outside. */
export class Door implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'lintel-guard-'));
  readonly #lines = { sign: nextLine++, button: nextLine++, assist: nextLine++ };
  #vision: ChildProcess | undefined;
  #camera: RunningProcess | undefined;
  #closed: Promise<unknown[]> | undefined;
  readonly #program: string;
  #said = '';

  /**
   * @param camera the settings of one that lasts longer than the test
   * @param program a part of its program's command line
   */
  constructor(camera: Readonly<Record<string, unknown>>, program: string) {
    this.#program = program;
    const settings = {
      site: { name: 'house', device: 'door', place: 'lobby', purpose: 'Counting.' },
      camera,
      doorway: {
        line: [
          [0.5, 0],
          [0.5, 1],
        ],
        in_side: 'left-to-right',
      },
      opt_out: { assist_pulse_seconds: 30 },
      lines: { ...this.#lines, sense: 53, driver: 'onoff', chip: pi.label, sense_wired: false },
      paths: { spool: 'spool', state: 'state', models: join(ROOT, 'build/models'), aim: AIM },
    };
    writeFileSync(join(this.#folder, 'lintel.toml'), stringify(settings));
    standIn.drive(this.#lines.button, 0);
  }

  /** Starts `vision`. @param fault what goes wrong in it on SIGUSR2 (see `fault.ts`) */
  start(fault = ''): void {
    this.#camera = undefined;
    this.#vision = spawn(process.execPath, [...VISION, '--settings', join(this.#folder, 'lintel.toml')], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        NODE_COMPILE_CACHE: COMPILE_CACHE,
        ...process.env,
        PATH,
        RUNTIME_DIRECTORY: this.#folder,
        LINTEL_TEST_FAULT: fault,
      },
    });
    this.#closed = once(this.#vision, 'close');
    for (const stream of [this.#vision.stdout!, this.#vision.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#said += text;
      });
    }
  }

  /** Resolves when the sensor is open. */
  async watching(): Promise<void> {
    await this.until(({ sign }) => sign === 1);
    const mark = `${GUARD_MARK}=${this.vision.id}`;
    await this.until(() => {
      this.#camera = RunningProcess.others().find(
        ({ command, environment }) =>
          command[0] !== '/bin/sh' && command.join(' ').includes(this.#program) && environment.includes(mark),
      );
      return this.#camera !== undefined;
    });
  }

  get vision(): RunningProcess {
    return RunningProcess.withPid(this.#vision!.pid!)!;
  }

  get camera(): RunningProcess {
    return this.#camera!;
  }

  get guard(): RunningProcess {
    const { id } = this.vision;
    return RunningProcess.others().find(({ command }) => command.at(-1) === id)!;
  }

  press(): void {
    standIn.drive(this.#lines.button, 1);
  }

  /** Levels of the sign since the beginning of all. */
  get signHistory(): Level[] {
    return standIn.history(this.#lines.sign);
  }

  /** @throws when that is not seen in time, or when the sign is dark while the sensor is still open */
  async until(seen: (sight: Sight) => boolean): Promise<void> {
    const untilMs = performance.now() + LONGEST_MS;
    for (;;) {
      // The sensor last: what is open now was open when the sign was looked at.
      const sign = standIn.level(this.#lines.sign);
      const assist = standIn.level(this.#lines.assist);
      const sensorOpen = this.#camera !== undefined && this.#camera.state !== 'gone';
      if (sensorOpen && sign === 0) throw new Error('the sign is dark, and the sensor is still open');
      if (seen({ sign, assist, sensorOpen })) return;
      if (performance.now() > untilMs)
        throw new Error(`still so: ${JSON.stringify({ sign, assist, sensorOpen })}`);
      await delay(1);
    }
  }

  /** Resolves when nothing is open and nothing is on. */
  async safe(): Promise<void> {
    await this.until(({ sign, assist, sensorOpen }) => !sensorOpen && sign === 0 && assist === 0);
  }

  /**
   * Resolves after the end of `vision` and of its guard, which has the same output: with the exit status of `vision`,
   * or the signal that ended it, and whether the guard had to do anything.
   */
  async ended(): Promise<{ status: number | string; guarded: boolean }> {
    const [status, signal] = (await this.#closed!) as [number | null, string];
    return { status: status ?? signal, guarded: this.#said.includes('lintel guard:') };
  }

  /** What both have said so far. */
  get said(): string {
    return this.#said;
  }

  /** As if it were aimed: what an installer is shown lies there. */
  leaveStill(): void {
    const folder = join(this.#folder, AIM);
    mkdirSync(folder, { recursive: true });
    for (const name of Object.values(AIM_FILES)) writeFileSync(join(folder, name), 'shown');
  }

  /** What lies there. */
  get stills(): string[] {
    return readdirSync(join(this.#folder, AIM));
  }

  /** Runs `lintel darken` to its end. */
  async darken(): Promise<{ status: number | null; said: string }> {
    const program = [
      join(ROOT, 'firmware/lintel.ts'),
      'darken',
      '--settings',
      join(this.#folder, 'lintel.toml'),
    ];
    const child = spawn(process.execPath, program, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { NODE_COMPILE_CACHE: COMPILE_CACHE, NODE_NO_WARNINGS: '1', ...process.env },
    });
    const [said, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    return { status, said };
  }

  [Symbol.dispose](): void {
    this.#vision?.kill('SIGKILL');
    this.#camera?.kill();
    rmSync(this.#folder, { recursive: true });
  }
}
