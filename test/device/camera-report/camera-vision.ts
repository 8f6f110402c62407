import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { stringify } from 'smol-toml';
import { onTestFinished } from 'vitest';
import { nodeWithCamera, type Place } from '../camera/inside.ts';
import { layout } from '../camera/layout.ts';
import { pi, standIn } from '../gpio-fuse/stand-in.ts';

type Line = Readonly<Record<string, unknown>>;

/** Each door has lines of its own. */
let nextLine = 0;

/** The real `vision`, where there is a libcamera that shows photographs, on the lines of the stand-in. */
export class CameraVision {
  /** As it is seen from here. */
  readonly spool: string;
  readonly #process: ChildProcess;
  readonly #exited: Promise<number | string>;
  readonly #lines: Line[] = [];
  #heard = Promise.withResolvers<void>();

  static async start(driver: string): Promise<CameraVision> {
    const folder = await mkdtemp(join(tmpdir(), 'lintel-camera-'));
    const [sign, button, assist] = [nextLine++, nextLine++, nextLine++];
    const settings = {
      site: { name: 'house', device: driver, place: 'lobby', purpose: 'Counting.' },
      camera: { driver, width: layout.width, height: layout.height },
      doorway: {
        line: [
          [0.5, 0],
          [0.5, 1],
        ],
        in_side: 'left-to-right',
      },
      lines: { sign, button, assist, sense: 53, driver: 'onoff', chip: pi.label, sense_wired: false },
      paths: { spool: 'spool', state: 'state', models: '/checkout/build/models' },
    };
    await writeFile(join(folder, 'lintel.toml'), stringify(settings));
    await mkdir(join(folder, 'spool'));
    standIn.drive(button, 0);
    const vision = new CameraVision(folder);
    onTestFinished(async () => {
      await vision.end('SIGKILL');
      await rm(folder, { recursive: true });
    });
    return vision;
  }

  private constructor(folder: string) {
    this.spool = join(folder, 'spool');
    const place: Place = JSON.parse(process.env.LINTEL_CAMERA_PLACE!);
    const program = ['/checkout/test/device/camera-report/brief-windows.ts', '/mnt/lintel.toml', '5'];
    // All that it becomes has one number, so that it can be asked to end.
    this.#process = spawn('unshare', ['--mount', ...nodeWithCamera(place, ['udmabuf.so'], program)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: '/usr/bin:/usr/sbin', LINTEL_MNT: folder, ORT_DISABLE_TELEMETRY: '1' },
    });
    this.#exited = once(this.#process, 'close').then(([status, signal]) => status ?? signal);
    createInterface({ input: this.#process.stdout! }).on('line', (line) => this.#hear(JSON.parse(line)));
    createInterface({ input: this.#process.stderr! }).on('line', (msg) => this.#hear({ msg }));
  }

  /** Resolves with the first line that `matches`. @throws when the program ends without it */
  async said(matches: (line: Line) => boolean): Promise<Line> {
    for (;;) {
      const line = this.#lines.find(matches);
      if (line) return line;
      const ended = await Promise.race([this.#heard.promise, this.#exited]);
      if (ended !== undefined) throw new Error(`vision has ended; it said ${JSON.stringify(this.#lines)}`);
    }
  }

  /** Asks it to end; resolves with its exit status, or the signal that ended it. */
  end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | string> {
    this.#process.kill(signal);
    return this.#exited;
  }

  #hear(line: Line): void {
    this.#lines.push(line);
    this.#heard.resolve();
    this.#heard = Promise.withResolvers();
  }
}
