import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** Debian's Mosquitto on a free port of this machine. It keeps sessions over a restart, even after being killed. */
export class Mosquitto {
  readonly port: number;
  readonly #folder: string;
  #process: ChildProcess | undefined;

  private constructor(port: number, folder: string) {
    this.port = port;
    this.#folder = folder;
  }

  /** @param rules of access, in Mosquitto's format; without them everybody may do everything. It is not started. */
  static async prepare(rules?: string): Promise<Mosquitto> {
    const folder = await mkdtemp(join(tmpdir(), 'lintel-mosquitto-'));
    const broker = new Mosquitto(await freePort(), folder);
    await writeFile(
      join(folder, 'conf'),
      [
        `listener ${broker.port} 127.0.0.1`,
        'allow_anonymous true',
        `user ${userInfo().username}`,
        'persistence true',
        `persistence_location ${folder}/`,
        'autosave_on_changes true',
        'autosave_interval 1',
        ...(rules ? [`acl_file ${folder}/acl`] : []),
        '',
      ].join('\n'),
    );
    await broker.allow(rules ?? '');
    onTestFinished(async () => {
      await broker.kill();
      await rm(folder, { recursive: true });
    });
    return broker;
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.port}`;
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
    await new Promise<void>((resolve, reject) => {
      lines.on('line', (line) => line.endsWith('running') && resolve());
      broker.once('error', reject).once('exit', (code) => reject(new Error(`mosquitto ended with ${code}`)));
    });
  }

  /** Like a power cut. */
  async kill(): Promise<void> {
    if (!this.#process || this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#process.kill('SIGKILL');
    await once(this.#process, 'exit');
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
