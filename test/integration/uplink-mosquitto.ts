import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import type { Authority, Certificate } from './uplink-authority.ts';

const SHIPPED = new URL('../../deploy/broker/', import.meta.url);

/** Debian's Mosquitto on a free port of this machine. It keeps sessions over a restart, even after being killed. */
export class Mosquitto {
  readonly port: number;
  readonly url: string;
  readonly #folder: string;
  readonly #onLine: ((line: string) => void)[] = [];
  #process: ChildProcess | undefined;

  private constructor(url: string, port: number, folder: string) {
    this.url = `${url}:${port}`;
    this.port = port;
    this.#folder = folder;
  }

  /**
   * @param rules of access, in Mosquitto's format; without them everybody may do everything. It is not started.
   * @param more lines of its settings
   */
  static async prepare(rules?: string, more: readonly string[] = []): Promise<Mosquitto> {
    const port = await freePort();
    const conf = [
      `listener ${port} 127.0.0.1`,
      'allow_anonymous true',
      'autosave_on_changes true',
      'autosave_interval 1',
      ...(rules ? ['acl_file /acl'] : []),
      ...more,
    ].join('\n');
    return Mosquitto.#placed('mqtt://127.0.0.1', port, conf, rules ?? '');
  }

  /** With the files of deploy/broker: only the names of files and the port are others. It is not started. */
  static async asShipped(authority: Authority, own?: Certificate): Promise<Mosquitto> {
    const port = await freePort();
    const { certificate, key } = own ?? (await authority.broker());
    const shipped = await readFile(new URL('mosquitto.conf', SHIPPED), 'utf8');
    const conf = shipped
      .replace('listener 8883', `listener ${port} 127.0.0.1`)
      .replace('/etc/mosquitto/certs/ca.pem', authority.ca)
      .replace('/etc/mosquitto/certs/broker.pem', certificate)
      .replace('/etc/mosquitto/certs/broker.key', key)
      .replace('/etc/mosquitto/lintel.acl', '/acl');
    return Mosquitto.#placed(
      'mqtts://localhost',
      port,
      conf,
      await readFile(new URL('acl', SHIPPED), 'utf8'),
    );
  }

  static async #placed(url: string, port: number, conf: string, rules: string): Promise<Mosquitto> {
    const folder = await mkdtemp(join(tmpdir(), 'lintel-mosquitto-'));
    const broker = new Mosquitto(url, port, folder);
    // What stands in Debian's own settings, but for the user.
    const own = [`user ${userInfo().username}`, 'persistence true', `persistence_location ${folder}/`];
    const placed = conf.replace('acl_file /acl', `acl_file ${folder}/acl`);
    await writeFile(join(folder, 'conf'), [placed, ...own, ''].join('\n'));
    await broker.allow(rules);
    onTestFinished(async () => {
      await broker.kill();
      await rm(folder, { recursive: true });
    });
    return broker;
  }

  /** New rules of access, from now on. */
  async allow(rules: string): Promise<void> {
    await writeFile(join(this.#folder, 'acl'), rules, { mode: 0o600 });
    this.#process?.kill('SIGHUP');
  }

  /** Resolves when it takes connections. */
  async start(): Promise<void> {
    const broker = spawn('mosquitto', ['-c', join(this.#folder, 'conf')], {
      // Where Debian puts it, and where those who are not root do not look.
      env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#process = broker;
    const lines = createInterface(broker.stderr);
    lines.on('line', (line) => {
      for (const take of this.#onLine) take(line);
    });
    await new Promise<void>((resolve, reject) => {
      lines.on('line', (line) => line.endsWith('running') && resolve());
      broker.once('error', reject).once('exit', (code) => reject(new Error(`mosquitto ended with ${code}`)));
    });
  }

  /** Takes every line of its log from now on. */
  onLine(take: (line: string) => void): void {
    this.#onLine.push(take);
  }

  /** Answers nothing, and keeps its connections. */
  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process?.kill('SIGCONT');
  }

  /** Like a power cut. */
  async kill(): Promise<void> {
    if (!this.#process || this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#process.kill('SIGKILL');
    await once(this.#process, 'exit');
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
