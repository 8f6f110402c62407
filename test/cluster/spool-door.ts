import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setInterval } from 'node:timers/promises';
import { stringify } from 'smol-toml';
import type { FleetCamera } from '../../firmware/fleet/fleet-camera.ts';
import { Spool } from '../../src/spool/spool.ts';
import { StatusFiles } from '../../src/spool/status-files.ts';
import { Child } from './child.ts';
import type { SentReports } from './sent-reports.ts';

const LOOK_MS = 200;
const WINDOW_SECONDS = 3_600;
/** Long ago, so that no window is ahead of the clock. */
const FIRST_START = Date.UTC(2025, 0, 1) / 1_000;
const MIDDLE = { line: [[0.5, 0] as const, [0.5, 1] as const], in_side: 'left-to-right' };

/** A door with a spool and a `lintel uplink`; this process stands in for its `vision`. */
export class SpoolDoor {
  readonly #camera: FleetCamera;
  readonly #spoolDir: string;
  readonly #spool: Spool;
  readonly #uplink: Child;
  #windows = 0;

  private constructor(camera: FleetCamera, spoolDir: string, spool: Spool, uplink: Child) {
    this.#camera = camera;
    this.#spoolDir = spoolDir;
    this.#spool = spool;
    this.#uplink = uplink;
  }

  static async start(folder: string, camera: FleetCamera, urls: readonly string[]): Promise<SpoolDoor> {
    await mkdir(folder, { recursive: true });
    const [url, ...other_urls] = urls;
    const { site, device } = camera.address;
    const settings = {
      site: { name: site, device },
      camera: { file: 'none.y4m' },
      doorway: MIDDLE,
      broker: { url, other_urls, oldest_mqtt: '3.1.1' },
      paths: { spool: 'spool', state: 'state' },
    };
    const file = join(folder, 'lintel.toml');
    await writeFile(file, stringify(settings));
    const spoolDir = join(folder, 'spool');
    const spool = await Spool.open({ spoolDir, stateDir: join(folder, 'state') });
    const files = new StatusFiles(spoolDir);
    const nowSeconds = Math.floor(Date.now() / 1_000);
    for (const [kind, state] of [
      ['current', 'running'],
      ['lost', 'lost'],
    ] as const) {
      await files.write(kind, camera.status(nowSeconds, state));
    }
    const uplink = Child.lintel(['uplink', '--settings', file], join(folder, 'log'));
    return new SpoolDoor(camera, spoolDir, spool, uplink);
  }

  /** The next window is over. */
  async release(sent: SentReports): Promise<void> {
    const windowStartSeconds = FIRST_START + WINDOW_SECONDS * this.#windows++;
    const bytes = this.#camera.report(windowStartSeconds, WINDOW_SECONDS);
    sent.add(this.#camera.address, bytes);
    await this.#spool.release({ level: 'window', windowStartSeconds }, bytes);
  }

  /** Resolves when the broker has acknowledged all reports. */
  async emptied(): Promise<void> {
    for await (const _ of setInterval(LOOK_MS)) {
      const names = await readdir(this.#spoolDir);
      if (!names.some((name) => name.endsWith('.report'))) return;
    }
  }

  /** How often it found a broker. */
  get connections(): number {
    return this.#uplink.all(/"msg":"connected"/).length;
  }

  async end(): Promise<void> {
    await this.#uplink.end('SIGTERM');
  }
}
