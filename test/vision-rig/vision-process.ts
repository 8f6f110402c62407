import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { stringify } from 'smol-toml';
import { onTestFinished } from 'vitest';
import { Outbox } from '../../src/spool/outbox.ts';
import type { Report } from '../../src/wire/report.ts';
import { decodeReport } from '../../src/wire/report-codec.ts';

const ROOT = new URL('../../', import.meta.url);
const LINTEL = fileURLToPath(new URL('firmware/lintel.ts', ROOT));
const CLIP = fileURLToPath(new URL('build/material/demo.mp4', ROOT));
const MODELS = fileURLToPath(new URL('build/models', ROOT));

export interface VisionProcessOptions {
  /** The command that starts the program, before its own. */
  readonly through?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly models?: string;
  /** The recording to play in place of the demonstration clip. */
  readonly recording?: string;
  /** What is said of the site besides its names. */
  readonly site?: Readonly<Record<string, unknown>>;
  /** What is said of the doorway besides the line. */
  readonly doorway?: Readonly<Record<string, unknown>>;
  /** A folder in memory, for those who aim the camera. */
  readonly aim?: string;
  readonly aimingPort?: number;
}

type Line = Readonly<Record<string, unknown>>;

/** The real program, as a process of its own, playing the demonstration clip at simulated lines. */
export class VisionProcess {
  readonly folder: string;
  readonly lines: Line[] = [];
  readonly exited: Promise<number | string>;
  readonly #process: ChildProcess;
  #heard = Promise.withResolvers<void>();

  static async start(options: VisionProcessOptions = {}): Promise<VisionProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'lintel-vision-'));
    const settings = {
      site: { name: 'house', device: 'door', ...options.site },
      camera: { driver: 'replay', file: options.recording ?? CLIP },
      doorway: {
        line: [
          [0.5, 0],
          [0.5, 1],
        ],
        in_side: 'left-to-right',
        ...options.doorway,
      },
      lines: { driver: 'simulated' },
      paths: {
        spool: 'spool',
        state: 'state',
        models: options.models ?? MODELS,
        aim: options.aim ?? 'aim',
      },
      aiming: { port: options.aimingPort ?? 8_088 },
    };
    await writeFile(join(folder, 'lintel.toml'), stringify(settings));
    const vision = new VisionProcess(folder, options);
    onTestFinished(async () => {
      vision.#process.kill('SIGKILL');
      await vision.exited;
      await rm(folder, { recursive: true });
    });
    return vision;
  }

  private constructor(folder: string, { through = [], args = [], env = {} }: VisionProcessOptions) {
    this.folder = folder;
    const program = [process.execPath, LINTEL, 'vision', '--settings', join(folder, 'lintel.toml'), ...args];
    const [command, ...rest] = [...through, ...program] as [string, ...string[]];
    this.#process = spawn(command, rest, { stdio: 'pipe', env: { ...process.env, ...env } });
    for (const stream of [this.#process.stdout!, this.#process.stderr!]) {
      createInterface({ input: stream }).on('line', (line) => this.#hear(parsed(line)));
    }
    this.exited = once(this.#process, 'close').then(([status, signal]) => status ?? signal);
  }

  get pid(): number {
    return this.#process.pid!;
  }

  /** Resolves with the first line that `matches`. @throws when the program ends without it */
  async said(matches: (line: Line) => boolean): Promise<Line> {
    for (;;) {
      const line = this.lines.find(matches);
      if (line) return line;
      if ((await Promise.race([this.#heard.promise, this.exited])) !== undefined && !this.lines.some(matches))
        throw new Error(`vision has ended; it said ${JSON.stringify(this.lines)}`);
    }
  }

  /** Resolves with the first line from now on that `matches`. */
  saidNext(matches: (line: Line) => boolean): Promise<Line> {
    const { length } = this.lines;
    return this.said((line) => this.lines.indexOf(line) >= length && matches(line));
  }

  /** Resolves with the first report in the spool that `matches`. */
  async reported(matches: (report: Report) => boolean): Promise<Report> {
    const outbox = await Outbox.open(join(this.folder, 'spool'));
    for (;;) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const unwatch = outbox.watch(() => resolve());
      try {
        for (const window of await outbox.list()) {
          const report = decodeReport((await outbox.read(window))!);
          if (matches(report)) return report;
        }
        if ((await Promise.race([promise, this.exited])) !== undefined)
          throw new Error(`vision has ended; it said ${JSON.stringify(this.lines)}`);
      } finally {
        unwatch();
      }
    }
  }

  /** Sends lines to the program's standard input, which works the simulated button. */
  tell(...lines: readonly string[]): void {
    for (const line of lines) this.#process.stdin!.write(`${line}\n`);
  }

  end(signal: NodeJS.Signals): Promise<number | string> {
    this.#process.kill(signal);
    return this.exited;
  }

  #hear(line: Line): void {
    this.lines.push(line);
    this.#heard.resolve();
    this.#heard = Promise.withResolvers();
  }
}

/** What is no JSON object is a message. */
function parsed(line: string): Line {
  try {
    return JSON.parse(line);
  } catch {
    return { msg: line };
  }
}
