import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { unitValues } from './unit-file.ts';
import { CAN_MAKE_USERS, UsersInRoot } from './users-in-root.ts';

it.runIf(CAN_MAKE_USERS)(
  "the users are made, and the folders are the right one's: state vision's alone, spool for the spool's group",
  async () => {
    const root = await mkdtemp(join(tmpdir(), 'lintel-users-'));
    onTestFinished(() => rm(root, { recursive: true }));
    await mkdir(join(root, 'etc/lintel/keys'), { recursive: true });
    await writeFile(join(root, 'etc/lintel/keys/camera.key'), '', { mode: 0o600 });
    await writeFile(join(root, 'etc/lintel/lintel.toml'), '');
    const made = await UsersInRoot.make(root, ['lintel']);
    const vision = made.user('lintel-vision');
    const uplink = made.group('lintel-uplink');
    expect(await made.owners('var/lib/lintel/state')).toEqual({
      mode: '700',
      uid: vision,
      gid: made.group('lintel-vision'),
    });
    expect(await made.owners('var/lib/lintel/spool')).toEqual({
      mode: '2770',
      uid: vision,
      gid: made.group('lintel-spool'),
    });
    expect(await made.owners('etc/lintel/lintel.toml')).toEqual({
      mode: '640',
      uid: 0,
      gid: made.group('lintel'),
    });
    expect(await made.owners('etc/lintel/keys')).toEqual({ mode: '750', uid: 0, gid: uplink });
    expect((await made.owners('etc/lintel/keys/camera.key')).gid).toBe(uplink);
  },
);

it('vision can write no file over 64 KiB, dump no core, use no swap, and reach no network', () => {
  const vision = (key: string) => unitValues('lintel-vision.service', key);
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
  const uplink = (key: string) => unitValues('lintel-uplink.service', key);
  expect(uplink('PrivateDevices')).toEqual(['yes']);
  expect(uplink('DeviceAllow')).toEqual([]);
  expect(uplink('InaccessiblePaths')).toContain('-/var/lib/lintel/state');
  expect(uplink('ReadWritePaths')).toEqual(['/var/lib/lintel/spool']);
});

it('each has a user of its own, and they share the settings and the spool alone', () => {
  const [vision, uplink] = ['lintel-vision.service', 'lintel-uplink.service'];
  expect(unitValues(vision, 'User')).not.toEqual(unitValues(uplink, 'User'));
  expect(unitValues(vision, 'SupplementaryGroups')).toEqual(['lintel']);
  expect(unitValues(uplink, 'SupplementaryGroups')).toEqual(['lintel lintel-spool']);
});

it('what a service can write to cannot be run by it', () => {
  for (const unit of readdirSync(import.meta.dirname).filter((name) => name.endsWith('.service'))) {
    const words = (key: string) => unitValues(unit, key).flatMap((line) => line.split(' '));
    const writable = words('ReadWritePaths').filter((path) => !path.startsWith('-/sys/'));
    expect([unit, words('NoExecPaths')]).toEqual([
      unit,
      expect.arrayContaining([...writable, '/tmp', '/var/tmp']),
    ]);
    // It would make /usr a mount of its own, which can then be written to.
    expect([unit, words('ExecPaths')]).toEqual([unit, []]);
    expect([unit, words('InaccessiblePaths')]).toEqual([unit, expect.arrayContaining(['/dev/shm'])]);
  }
});
