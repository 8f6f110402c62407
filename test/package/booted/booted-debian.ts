import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LintelError } from '../../../src/lintel-error.ts';
import { chips } from '../../device/gpio-fuse/stand-in.ts';

const BOOT_MS = 120_000;
const POLL_MS = 50;
const CGROUP = 'lintel-test-';
const NAMESPACES = [
  '--mount',
  '--pid',
  '--fork',
  '--kill-child',
  '--uts',
  '--ipc',
  '--net',
  '--cgroup',
  '--time',
];

export interface Ended {
  readonly status: number;
  /** Of both streams. */
  readonly said: string;
}

/**
 * A Debian whose systemd runs as the first process of namespaces of its own, below a cgroup of its own. It ends with
 * `await using`, or with the process that booted it, however that one ends. Needs root.
 */
export class BootedDebian implements AsyncDisposable {
  /** Its files as they are seen from outside, with all that is mounted there. */
  readonly root: string;
  readonly #unshare: ChildProcess;
  /** Where the groups of its processes are, as seen from outside. */
  readonly cgroup: string;
  readonly #init: string;

  /** @throws LintelError NO_CGROUP, BOOT */
  static async boot(root: string, gpioFuse: string): Promise<BootedDebian> {
    const cgroups = await cgroupMount();
    for (const name of await readdir(cgroups)) if (isLeft(name)) await removeCgroup(join(cgroups, name));
    const cgroup = join(cgroups, `${CGROUP}${process.pid}`);
    await mkdir(cgroup);
    const powerOn = ['--boottime', String(-Math.floor(uptime()))];
    const inside = ['unshare', ...NAMESPACES, ...powerOn, 'sh', join(import.meta.dirname, 'boot.sh')];
    const enter = 'echo $$ > "$0/cgroup.procs" && exec "$@"';
    const command = ['sh', '-c', enter, cgroup, ...inside, root, gpioFuse, chips];
    const unshare = spawn('setpriv', ['--pdeathsig', 'KILL', ...command], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const untilMs = performance.now() + BOOT_MS;
    for (;;) {
      const [init] = await childrenOf(unshare.pid!);
      if (init !== undefined) {
        const debian = new BootedDebian(unshare, cgroup, init);
        const { said } = await debian.run(['systemctl', 'is-system-running']);
        if (/^(running|degraded)/.test(said)) return debian;
      }
      if (unshare.exitCode !== null || performance.now() > untilMs) {
        unshare.kill('SIGKILL');
        throw new LintelError(
          'BOOT',
          `the Debian in ${root} did not come up; systemd needs root and cgroups`,
        );
      }
      await delay(POLL_MS);
    }
  }

  private constructor(unshare: ChildProcess, cgroup: string, init: string) {
    this.#unshare = unshare;
    this.cgroup = cgroup;
    this.#init = init;
    this.root = `/proc/${init}/root`;
  }

  /** Runs a command inside, as root and behind no wall, to its end. */
  run(command: readonly string[]): Promise<Ended> {
    return new Promise((resolve) => {
      const args = ['--target', this.#init, '--all', ...command];
      execFile('nsenter', args, { encoding: 'utf8', env: ENVIRONMENT }, (error, stdout, stderr) => {
        const status = error ? (typeof error.code === 'number' ? error.code : 1) : 0;
        resolve({ status, said: stdout + stderr });
      });
    });
  }

  /** The same, when it cannot but succeed. @throws LintelError INSIDE with what it said */
  async must(command: readonly string[]): Promise<string> {
    const { status, said } = await this.run(command);
    if (status !== 0) throw new LintelError('INSIDE', `${command.join(' ')} ended with ${status}: ${said}`);
    return said;
  }

  async write(path: string, text: string): Promise<void> {
    await mkdir(dirname(this.root + path), { recursive: true });
    await writeFile(this.root + path, text);
  }

  read(path: string): Promise<string> {
    return readFile(this.root + path, 'utf8');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const over = once(this.#unshare, 'exit');
    this.#unshare.kill('SIGKILL');
    await over;
    // The kernel lets go of a cgroup some moments after the last process in it.
    for (let tries = 0; tries < 100 && !(await removeCgroup(this.cgroup)); tries++) await delay(POLL_MS);
  }
}

const ENVIRONMENT = { PATH: '/usr/sbin:/usr/bin', LC_ALL: 'C', SYSTEMD_COLORS: '0', SYSTEMD_PAGER: '' };

async function cgroupMount(): Promise<string> {
  const mounts = await readFile('/proc/self/mounts', 'utf8');
  const [, path] = /^\S+ (\S+) cgroup2 /m.exec(mounts) ?? [];
  if (path === undefined) throw new LintelError('NO_CGROUP', 'this machine mounts no cgroup2');
  return path;
}

/** Whether it is the group of one that was ended by force. */
function isLeft(cgroup: string): boolean {
  return cgroup.startsWith(CGROUP) && !existsSync(`/proc/${cgroup.slice(CGROUP.length)}`);
}

async function childrenOf(pid: number): Promise<string[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return children.split(' ').filter((child) => child !== '');
}

async function removeCgroup(path: string): Promise<boolean> {
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.isDirectory()) await removeCgroup(join(path, entry.name));
  }
  return rmdir(path).then(
    () => true,
    () => false,
  );
}
