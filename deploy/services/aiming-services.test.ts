import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { unitValues } from './unit-file.ts';
import { CAN_MAKE_USERS, UsersInRoot } from './users-in-root.ts';

it.runIf(CAN_MAKE_USERS)(
  'the stills are for vision to write, and for those who show them to read',
  async () => {
    const root = await mkdtemp(join(tmpdir(), 'lintel-users-'));
    onTestFinished(() => rm(root, { recursive: true }));
    await mkdir(join(root, 'etc'));
    const made = await UsersInRoot.make(root, ['lintel', 'lintel-aiming']);
    expect(await made.owners('run/lintel-aim')).toEqual({
      mode: '2750',
      uid: made.user('lintel-vision'),
      gid: made.group('lintel-aiming'),
    });
  },
);

it('the page has no device, no way to state, spool and keys, and writes to its own folder alone', () => {
  const page = (key: string) => unitValues('lintel-aiming.service', key);
  expect(page('PrivateDevices')).toEqual(['yes']);
  expect(page('InaccessiblePaths')).toContain('-/var/lib/lintel -/etc/lintel/keys');
  expect(page('ReadWritePaths')).toEqual([]);
  expect(page('User')).toEqual(['lintel-aiming']);
});

it('what saves has no network, and no right of root but to write the settings', () => {
  const saver = (key: string) => unitValues('lintel-aiming-save.service', key);
  expect(saver('PrivateNetwork')).toEqual(['yes']);
  expect(saver('RestrictAddressFamilies')).toEqual(['none']);
  expect(saver('CapabilityBoundingSet')).toEqual(['']);
  expect(saver('ReadWritePaths')).toEqual(['/etc/lintel -/run/lintel-aiming']);
});
