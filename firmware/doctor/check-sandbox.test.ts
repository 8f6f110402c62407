import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { checkSandbox } from './check-sandbox.ts';

/** The kernel lets every call through, and counts as a filter. */
const FILTER = `import ctypes, os, sys
code = (ctypes.c_ubyte * 8)(6, 0, 0, 0, 0, 0, 0xff, 0x7f)
class Program(ctypes.Structure): _fields_ = [('length', ctypes.c_ushort), ('code', ctypes.c_void_p)]
assert ctypes.CDLL(None).prctl(22, 2, ctypes.byref(Program(1, ctypes.addressof(code)))) == 0
os.execvp(sys.argv[1], sys.argv[1:])`;

/** Each wall as it is said, and what puts a program behind it. */
const WALLS: Readonly<Record<string, readonly string[]>> = {
  'no network': ['unshare', '--net'],
  'no file over 64 KiB': ['prlimit', '--fsize=65536'],
  'no core dump': ['prlimit', '--core=0'],
  'no new privileges': ['setpriv', '--no-new-privs'],
  'system calls filtered': ['python3', '-c', FILTER],
};
const NAMES = Object.keys(WALLS);
/** What a test is run behind is taken away first. */
const NO_WALLS = ['prlimit', '--core=unlimited', '--fsize=unlimited'];

const groups = writableGroups();
/** One with the name of `vision`'s. */
const service = join(groups ?? '', `lintel-doctor-${process.pid}`, 'lintel-vision.service');
const canWall = groups !== undefined && spawnSync('unshare', ['--net', 'true']).status === 0;

/** A real process behind these walls, in the service manager's group for `vision` or not. */
async function walled(names: readonly string[], isService: boolean): Promise<number> {
  const inGroup = ['sh', '-c', 'echo $$ >"$0/cgroup.procs" && exec "$@"', service];
  const walls = names.flatMap((name) => WALLS[name]!);
  const [command, ...args] = [
    ...(isService ? inGroup : []),
    ...NO_WALLS,
    ...walls,
    ...['sh', '-c', 'echo ready; exec sleep infinity'],
  ] as [string, ...string[]];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => ended(child));
  await once(child.stdout, 'data');
  return child.pid!;
}

describe.runIf(canWall)('the doctor, at a vision that runs as a service,', () => {
  beforeAll(() => void mkdirSync(service, { recursive: true }));
  afterAll(() => {
    for (const folder of [service, join(service, '..')]) rmdirSync(folder);
  });

  it('is content behind all walls', async () => {
    const pid = await walled(NAMES, true);
    const text = `vision (process ${pid}): ${NAMES.join(', ')}`;
    expect(await checkSandbox(pid)).toEqual({ item: 'sandbox', state: 'ok', text });
  });

  it.each(NAMES)('fails one that lacks a wall (%s), names it, and says what to do', async (lacking) => {
    const standing = NAMES.filter((name) => name !== lacking);
    const pid = await walled(standing, true);
    expect(await checkSandbox(pid)).toEqual({
      item: 'sandbox',
      state: 'fail',
      text: expect.stringContaining(
        `${standing.join(', ')}; NOT: ${lacking}. Install lintel-vision.service again`,
      ),
    });
  });

  it('fails one that has none', async () => {
    const { state, text } = await checkSandbox(await walled([], true));
    expect({ state, text }).toEqual({ state: 'fail', text: expect.stringContaining(NAMES.join(', ')) });
  });

  it('only warns of one that somebody has started by hand', async () => {
    const { state, text } = await checkSandbox(await walled([], false));
    expect({ state, text }).toEqual({
      state: 'warn',
      text: expect.stringContaining('not under the service'),
    });
  });

  it('says of one that has just ended that it cannot be seen', async () => {
    const child = spawn('true');
    await once(child, 'exit');
    expect(await checkSandbox(child.pid)).toMatchObject({
      state: 'skipped',
      text: expect.stringContaining('ENOENT'),
    });
  });
});

async function ended(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** Where the service manager's groups of processes are; undefined where none can be made. */
function writableGroups(): string | undefined {
  const [, mount] = /^\S+ (\S+) cgroup2 /m.exec(readFileSync('/proc/self/mounts', 'utf8')) ?? [];
  try {
    if (mount) accessSync(mount, constants.W_OK);
    return mount;
  } catch {
    return undefined;
  }
}
