import { chown, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'smol-toml';
import { expect, it, onTestFinished } from 'vitest';
import { deviceIdentity } from './device-identity.ts';

const CAN_GIVE_AWAY = process.geteuid?.() === 0;
const OTHER_USER = 54_321;

it.runIf(CAN_GIVE_AWAY)(
  "no key is made in another user's folder, who could not read it; one that is there is told",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lintel-identity-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const settings = join(folder, 'lintel.toml');
    const state = join(folder, 'state');
    await mkdir(state);
    const line = [
      [0.5, 0],
      [0.5, 1],
    ];
    const models = join(import.meta.dirname, '../build/models');
    await writeFile(
      settings,
      stringify({
        site: { name: 'house', device: 'door' },
        doorway: { line, in_side: 'left-to-right' },
        paths: { state, models },
      }),
    );
    await chown(state, OTHER_USER, OTHER_USER);
    await expect(deviceIdentity(settings, { makesKey: true })).rejects.toMatchObject({
      code: 'DEVICE_KEY_MAKER',
    });
    expect(await readdir(state)).toEqual([]);

    await chown(state, 0, 0);
    const made = await deviceIdentity(settings, { makesKey: true });
    await chown(state, OTHER_USER, OTHER_USER);
    expect(await deviceIdentity(settings, { makesKey: true })).toEqual(made);
  },
);
