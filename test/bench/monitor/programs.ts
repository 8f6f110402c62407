import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { fleetKeys } from '../../../firmware/fleet/fleet.ts';
import { SqliteStore } from '../../../src/monitor/store/sqlite-store.ts';
import { freePort } from '../../integration/uplink-mosquitto.ts';

const LINTEL = fileURLToPath(new URL('../../../firmware/lintel.ts', import.meta.url));
/** Of /proc/PID/stat on Linux, which `getconf CLK_TCK` says too. */
const TICKS_A_SECOND = 100;

/** A Mosquitto and a monitor, each a program of its own, in a folder that goes with them. */
export class Programs {
  readonly url: string;
  readonly broker: ChildProcess;
  readonly store: SqliteStore;
  /** The store's file. */
  readonly file: string;
  readonly #folder: string;
  readonly #running = new Set<ChildProcess>();

  /** With so many cameras of the fleet enrolled. */
  static async start(cameras: number): Promise<Programs> {
    const folder = await mkdtemp(join(tmpdir(), 'lintel-bench-'));
    const port = await freePort();
    const conf = `listener ${port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\nuser ${userInfo().username}\n`;
    await writeFile(join(folder, 'mosquitto.conf'), conf);
    const url = `mqtt://127.0.0.1:${port}`;
    const settings = `[broker]\nurl = "${url}"\n[store]\nfile = "reports.sqlite"\n[page]\nlisten = "127.0.0.1:0"\n`;
    await writeFile(join(folder, 'monitor.toml'), settings);
    const programs = new Programs(folder, url);
    await said(programs.broker.stderr!, /running/);
    for (const { door, key } of fleetKeys(cameras, 1)) {
      const [site = '', device = ''] = door.split('/');
      await programs.store.enrol({ site, device }, key);
    }
    return programs;
  }

  private constructor(folder: string, url: string) {
    this.#folder = folder;
    this.url = url;
    this.file = join(folder, 'reports.sqlite');
    this.store = SqliteStore.open(this.file);
    this.broker = this.#spawn('mosquitto', ['-c', join(folder, 'mosquitto.conf')]);
  }

  /** Resolves when it is connected. */
  async startMonitor(): Promise<ChildProcess> {
    const monitor = this.lintel('monitor', '--json', '--settings', join(this.#folder, 'monitor.toml'));
    monitor.stderr!.pipe(process.stderr);
    await said(monitor.stdout!, /"connected"/);
    return monitor;
  }

  lintel(...options: string[]): ChildProcess {
    return this.#spawn(process.execPath, [LINTEL, ...options]);
  }

  async end(program: ChildProcess): Promise<void> {
    this.#running.delete(program);
    if (program.exitCode !== null || program.signalCode !== null) return;
    program.kill('SIGTERM');
    await once(program, 'exit');
  }

  async endAll(): Promise<void> {
    for (const program of this.#running) await this.end(program);
    await this.store.close();
    await rm(this.#folder, { recursive: true });
  }

  #spawn(command: string, options: string[]): ChildProcess {
    // Mosquitto lies where those who are not root do not look.
    const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };
    const program = spawn(command, options, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#running.add(program);
    return program;
  }
}

/** Processor time of a process so far, of all its threads or of the main one. */
export async function processorSeconds({ pid }: ChildProcess, of: 'all' | 'main' = 'all'): Promise<number> {
  const stat = await readFile(`/proc/${pid}/${of === 'main' ? `task/${pid}/` : ''}stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

/** Resolves to the first line that matches; reads on. */
export async function said(stream: NodeJS.ReadableStream, pattern: RegExp): Promise<string> {
  const lines = createInterface(stream);
  return new Promise((resolve, reject) => {
    lines.on('line', (text) => pattern.test(text) && resolve(text));
    lines.on('close', () => reject(new Error(`it ended before it said ${pattern}`)));
  });
}
