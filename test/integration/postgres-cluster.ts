import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { chmod, chown, copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { freePort } from './uplink-mosquitto.ts';

/** Where Debian puts the programs of each release. */
const RELEASES = '/usr/lib/postgresql';
const PASSWORD = 'open:sesame/ä';
const ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' };

export interface ClusterOptions {
  /** Of the server, for those who come by TLS; without them there is none. */
  readonly certificate?: string;
  readonly key?: string;
}

/**
 * Debian's PostgreSQL in a folder of its own, on a free port of this machine and on a Unix socket. It ends with `stop`, or with the
 * process that started it. Its text is sorted as in English, as on most servers, and not by bytes.
 */
export class PostgresCluster {
  readonly folder: string;
  readonly port: number;
  #process: ChildProcess | undefined;
  #databases = 0;

  private constructor(folder: string, port: number) {
    this.folder = folder;
    this.port = port;
  }

  /** Resolves when it takes connections. */
  static async start({ certificate, key }: ClusterOptions = {}): Promise<PostgresCluster> {
    const folder = await mkdtemp(join(tmpdir(), 'lintel-postgres-'));
    await own(folder);
    const cluster = new PostgresCluster(folder, await freePort());
    const passwordFile = await cluster.#place('password', PASSWORD);
    const text = ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=en'];
    const access = [
      '--auth-local=trust',
      '--auth-host=scram-sha-256',
      '--username=lintel',
      `--pwfile=${passwordFile}`,
    ];
    const initdb = cluster.#spawn('initdb', ['--no-sync', '-D', join(folder, 'data'), ...text, ...access]);
    initdb.stdout!.resume();
    const [code] = await once(initdb, 'exit');
    if (code !== 0) throw new Error(`initdb ended with ${code}`);
    if (certificate && key) {
      for (const [name, file] of Object.entries({ 'server.crt': certificate, 'server.key': key })) {
        await copyFile(file, join(folder, 'data', name));
        await own(join(folder, 'data', name));
      }
    }
    await cluster.restart(certificate ? ['-c', 'ssl=on'] : []);
    return cluster;
  }

  /** An empty database. @returns its URL, over TCP or over the Unix socket */
  async makeDatabase(way: 'tcp' | 'socket' = 'tcp'): Promise<string> {
    const name = `lintel_${++this.#databases}`;
    await this.ask('postgres', `CREATE DATABASE ${name}`);
    return this.urlOf(name, way);
  }

  urlOf(database: string, way: 'tcp' | 'socket' = 'tcp', host = '127.0.0.1'): string {
    return way === 'tcp'
      ? `postgresql://lintel:${encodeURIComponent(PASSWORD)}@${host}:${this.port}/${database}`
      : `postgresql://lintel@${encodeURIComponent(this.folder)}:${this.port}/${database}`;
  }

  /** What a statement brings, asked past the store. */
  async ask(database: string, sql: string): Promise<Record<string, unknown>[]> {
    const client = new Client({ host: this.folder, port: this.port, user: 'lintel', database });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** Resolves when it takes connections again. */
  async restart(more: readonly string[] = []): Promise<void> {
    const settings = [
      'listen_addresses=127.0.0.1',
      `unix_socket_directories=${this.folder}`,
      // No power cut is played here.
      'fsync=off',
      'shared_buffers=32MB',
    ].flatMap((setting) => ['-c', setting]);
    const server = this.#spawn('postgres', [
      '-D',
      join(this.folder, 'data'),
      '-p',
      `${this.port}`,
      ...settings,
      ...more,
    ]);
    this.#process = server;
    const lines = createInterface(server.stderr!);
    const log: string[] = [];
    await new Promise<void>((resolve, reject) => {
      lines.on('line', (line) => {
        log.push(line);
        if (line.includes('ready to accept connections')) resolve();
      });
      server.once('error', reject);
      server.once('exit', (code) => reject(new Error(`postgres ended with ${code}: ${log.join('\n')}`)));
    });
  }

  /** Ends at once, as in a crash: nothing is put in order. */
  async crash(): Promise<void> {
    if (!this.#process || this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#process.kill('SIGQUIT');
    await once(this.#process, 'exit');
  }

  /** Ends, and leaves nothing. */
  async stop(): Promise<void> {
    await this.crash();
    await rm(this.folder, { recursive: true });
  }

  async #place(name: string, text: string): Promise<string> {
    const file = join(this.folder, name);
    await writeFile(file, text);
    await own(file);
    return file;
  }

  /** PostgreSQL does not run as root. */
  #spawn(program: string, args: readonly string[]): ChildProcess {
    const user = serverUser();
    const as = user ? [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'] : [];
    return spawn('setpriv', ['--pdeathsig=QUIT', ...as, join(newestRelease(), program), ...args], {
      cwd: this.folder,
      env: ENVIRONMENT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}

async function own(path: string): Promise<void> {
  const user = serverUser();
  if (user) await chown(path, user.uid, user.gid);
  if (path.endsWith('.key')) await chmod(path, 0o600);
}

/** The one that the package made; none where this is not root. */
function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (option: string) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

function newestRelease(): string {
  const [newest] = readdirSync(RELEASES).sort((a, b) => Number(b) - Number(a));
  return join(RELEASES, newest!, 'bin');
}
