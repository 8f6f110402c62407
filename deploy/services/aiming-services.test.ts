import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

const here = import.meta.dirname;
const SERVICES = ['lintel-aiming.service', 'lintel-aiming-save.service'];
const UNITS = [...SERVICES, 'lintel-aiming.path', 'lintel-aiming-save.path'];
const has = (program: string) => spawnSync(program, ['--version']).status === 0;

function values(unit: string, key: string): string[] {
  const text = readFileSync(join(here, unit), 'utf8');
  return [...text.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(([, value]) => value!);
}

function analyze(...args: string[]) {
  return spawnSync('systemd-analyze', ['--no-pager', ...args], { encoding: 'utf8' });
}

describe.runIf(has('systemd-analyze'))('the service manager', () => {
  it.each(SERVICES)('finds %s exposed by 1.5 at most', (unit) => {
    const { stdout, stderr } = analyze('security', '--offline=true', '--threshold=15', join(here, unit));
    const [, exposure = ''] = /Overall exposure level for \S+ ([0-9.]+)/.exec(stdout) ?? [stderr];
    expect(Number(exposure)).toBeGreaterThan(0);
    expect(Number(exposure)).toBeLessThanOrEqual(1.5);
  });

  it('understands every line of what is for aiming', () => {
    const { stderr } = analyze('verify', ...UNITS.map((unit) => join(here, unit)));
    // The package is not installed here.
    const said = stderr.split('\n').filter((line) => line !== '' && !/node is not executable/.test(line));
    expect(said).toEqual([]);
  });
});

it.runIf(has('systemd-sysusers') && process.getuid?.() === 0)(
  'the stills are for vision to write, and for those who show them to read',
  async () => {
    const root = await mkdtemp(join(tmpdir(), 'lintel-users-'));
    onTestFinished(() => rm(root, { recursive: true }));
    await mkdir(join(root, 'etc'));
    for (const [program, ...args] of [
      ['systemd-sysusers', 'lintel.sysusers'],
      ['systemd-sysusers', 'lintel-aiming.sysusers'],
      ['systemd-tmpfiles', '--create', 'lintel-aiming.tmpfiles'],
    ] as const) {
      const file = join(here, args.at(-1)!);
      expect(spawnSync(program, [...args.slice(0, -1), `--root=${root}`, file]).status).toBe(0);
    }
    const [users, groups] = await Promise.all(
      ['passwd', 'group'].map((file) => readFile(join(root, 'etc', file), 'utf8')),
    );
    const idIn = (file: string | undefined, name: string) =>
      Number(new RegExp(`^${name}:[^:]*:([0-9]+):`, 'm').exec(file ?? '')?.[1]);
    const { mode, uid, gid } = await stat(join(root, 'run/lintel-aim'));
    expect([(mode & 0o7777).toString(8), uid, gid]).toEqual([
      '2750',
      idIn(users, 'lintel-vision'),
      idIn(groups, 'lintel-aiming'),
    ]);
  },
);

it('the page has no device, no way to state, spool and keys, and writes to its own folder alone', () => {
  const page = (key: string) => values('lintel-aiming.service', key);
  expect(page('PrivateDevices')).toEqual(['yes']);
  expect(page('InaccessiblePaths')).toEqual(['-/var/lib/lintel -/etc/lintel/keys']);
  expect(page('ReadWritePaths')).toEqual([]);
  expect(page('User')).toEqual(['lintel-aiming']);
});

it('what saves has no network, and no right of root but to write the settings', () => {
  const saver = (key: string) => values('lintel-aiming-save.service', key);
  expect(saver('PrivateNetwork')).toEqual(['yes']);
  expect(saver('RestrictAddressFamilies')).toEqual(['none']);
  expect(saver('CapabilityBoundingSet')).toEqual(['']);
  expect(saver('ReadWritePaths')).toEqual(['/etc/lintel -/run/lintel-aiming']);
});
