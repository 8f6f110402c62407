import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

const here = import.meta.dirname;
const SERVICES = ['lintel-vision.service', 'lintel-uplink.service'];
const has = (program: string) => spawnSync(program, ['--version']).status === 0;
const text = (name: string) => readFileSync(join(here, name), 'utf8');

/** Every value that a key has in a unit, each on a line of its own. */
function values(unit: string, key: string): string[] {
  return [...text(unit).matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(([, value]) => value!);
}

describe.runIf(has('systemd-analyze'))('the service manager', () => {
  it.each(SERVICES)('finds %s exposed by 1.5 at most', (unit) => {
    const { stdout, stderr } = analyze('security', '--offline=true', '--threshold=15', join(here, unit));
    const [, exposure = ''] = /Overall exposure level for \S+ ([0-9.]+)/.exec(stdout) ?? [stderr];
    expect(Number(exposure)).toBeGreaterThan(0);
    expect(Number(exposure)).toBeLessThanOrEqual(1.5);
  });

  it('understands every line of both', () => {
    const { stderr } = analyze('verify', ...SERVICES.map((unit) => join(here, unit)));
    // The package is not installed here.
    const said = stderr.split('\n').filter((line) => line !== '' && !/node is not executable/.test(line));
    expect(said).toEqual([]);
  });
});

it.runIf(has('systemd-sysusers') && process.getuid?.() === 0)(
  "the users are made, and the folders are the right one's: state vision's alone, spool for the spool's group",
  async () => {
    const root = await mkdtemp(join(tmpdir(), 'lintel-users-'));
    onTestFinished(() => rm(root, { recursive: true }));
    await mkdir(join(root, 'etc/lintel/keys'), { recursive: true });
    await writeFile(join(root, 'etc/lintel/keys/camera.key'), '', { mode: 0o600 });
    await writeFile(join(root, 'etc/lintel/lintel.toml'), '');
    for (const [program, file, ...args] of [
      ['systemd-sysusers', 'lintel.sysusers'],
      ['systemd-tmpfiles', 'lintel.tmpfiles', '--create'],
    ] as const) {
      const { status } = spawnSync(program, [...args, `--root=${root}`, join(here, file)]);
      expect(status).toBe(0);
    }
    const [users, groups] = await Promise.all(
      ['passwd', 'group'].map((file) => readFile(join(root, 'etc', file), 'utf8')),
    );
    const idIn = (file: string | undefined, name: string) =>
      Number(new RegExp(`^${name}:[^:]*:([0-9]+):`, 'm').exec(file ?? '')?.[1]);
    const ownersOf = async (path: string) => {
      const { mode, uid, gid } = await stat(join(root, path));
      return { mode: (mode & 0o7777).toString(8), uid, gid };
    };
    const vision = idIn(users, 'lintel-vision');
    const uplink = idIn(groups, 'lintel-uplink');
    expect(await ownersOf('var/lib/lintel/state')).toEqual({
      mode: '700',
      uid: vision,
      gid: idIn(groups, 'lintel-vision'),
    });
    expect(await ownersOf('var/lib/lintel/spool')).toEqual({
      mode: '2770',
      uid: vision,
      gid: idIn(groups, 'lintel-spool'),
    });
    expect(await ownersOf('etc/lintel/lintel.toml')).toEqual({
      mode: '640',
      uid: 0,
      gid: idIn(groups, 'lintel'),
    });
    expect(await ownersOf('etc/lintel/keys')).toEqual({ mode: '750', uid: 0, gid: uplink });
    expect((await ownersOf('etc/lintel/keys/camera.key')).gid).toBe(uplink);
  },
);

it('vision can write no file over 64 KiB, dump no core, use no swap, and reach no network', () => {
  const vision = (key: string) => values('lintel-vision.service', key);
  expect(vision('LimitFSIZE')).toEqual(['64K']);
  expect(vision('LimitCORE')).toEqual(['0']);
  expect(vision('MemorySwapMax')).toEqual(['0']);
  expect(vision('PrivateNetwork')).toEqual(['yes']);
  expect(vision('RestrictAddressFamilies')).toEqual(['AF_UNIX']);
  expect(vision('DevicePolicy')).toEqual(['closed']);
  // The guard outlives vision (docs/decisions/0011-the-guard.md).
  expect(vision('KillMode')).toEqual(['process']);
});

it('uplink has no device, and no way to the state', () => {
  const uplink = (key: string) => values('lintel-uplink.service', key);
  expect(uplink('PrivateDevices')).toEqual(['yes']);
  expect(uplink('DeviceAllow')).toEqual([]);
  expect(uplink('InaccessiblePaths')).toContain('-/var/lib/lintel/state');
  expect(uplink('ReadWritePaths')).toEqual(['/var/lib/lintel/spool']);
});

it('each has a user of its own, and they share the settings and the spool alone', () => {
  const users = SERVICES.map((unit) => values(unit, 'User')[0]);
  expect(new Set(users).size).toBe(2);
  expect(values('lintel-vision.service', 'SupplementaryGroups')).toEqual(['lintel']);
  expect(values('lintel-uplink.service', 'SupplementaryGroups')).toEqual(['lintel lintel-spool']);
});

function analyze(...args: string[]) {
  return spawnSync('systemd-analyze', ['--no-pager', ...args], { encoding: 'utf8' });
}
