import { stringify } from 'smol-toml';
import { expect, it } from 'vitest';
import type { TlsFiles } from '../../src/broker/tls-identity.ts';
import { systemError } from '../../src/disk/disk.ts';
import { cutAt, everyLuck } from '../../src/disk/power-cuts.ts';
import { SimulatedDisk } from '../../src/disk/simulated-disk.ts';
import { firstStart } from './first-start.ts';

const BOOT = '/boot/lintel';
const SETTINGS = '/etc/lintel/lintel.toml';
const KEY = { boot: `${BOOT}/keys/camera.key`, place: '/etc/lintel/keys/camera.key' };
const OLD = 'the settings before';
const SECRET = 'the private key';

const toml = (site: object, broker: object) =>
  stringify({
    site: { name: 'house', device: 'door', place: 'lobby', purpose: 'Counting visitors.', ...site },
    doorway: {
      line: [
        [0.5, 0],
        [0.5, 1],
      ],
      in_side: 'left-to-right',
    },
    broker,
  });
const NAMED = { ca: 'keys/ca.pem', certificate: 'keys/camera.pem', key: 'keys/camera.key' };
const NEW = toml({}, NAMED);

/** A camera with settings, and a boot partition that an installer has filled. */
async function camera(settings = NEW): Promise<SimulatedDisk> {
  const disk = new SimulatedDisk();
  const files: [string, string][] = [
    [SETTINGS, OLD],
    [`${BOOT}/lintel.toml`, settings],
    [`${BOOT}/keys/ca.pem`, 'the authority'],
    [`${BOOT}/keys/camera.pem`, 'the certificate'],
    [KEY.boot, SECRET],
  ];
  for (const folder of [BOOT, `${BOOT}/keys`, '/etc/lintel', '/etc/lintel/keys'])
    await disk.makeDirectory(folder);
  for (const [path, text] of files) await disk.write(path, Buffer.from(text));
  for (const folder of [BOOT, `${BOOT}/keys`, '/etc/lintel', '/etc/lintel/keys'])
    await disk.syncDirectory(folder);
  return disk;
}

async function start(disk: SimulatedDisk, checkKeys = async (_files: TlsFiles) => {}) {
  const said: string[] = [];
  const parts = { from: BOOT, settings: SETTINGS, disk, own: async () => {}, checkKeys };
  const erase = async (path: string) => {
    await disk.write(path, new Uint8Array(SECRET.length));
    await disk.remove(path);
    await disk.syncDirectory(`${BOOT}/keys`);
  };
  const found = await firstStart({ ...parts, erase, say: (line) => void said.push(line) });
  return { found, said };
}

async function textOf(disk: SimulatedDisk, path: string): Promise<string | undefined> {
  return disk.read(path, 10_000).then(
    (bytes) => Buffer.from(bytes).toString(),
    () => undefined,
  );
}

async function expectDone(disk: SimulatedDisk): Promise<void> {
  expect(await textOf(disk, SETTINGS)).toBe(NEW);
  expect(await textOf(disk, KEY.place)).toBe(SECRET);
  expect(await textOf(disk, '/etc/lintel/keys/camera.pem')).toBe('the certificate');
  expect((await disk.list(BOOT)).sort()).toEqual(['lintel.toml.installed']);
  expect((await disk.list(`${BOOT}/keys`)).sort()).toEqual(['ca.pem', 'camera.pem']);
  expect((await disk.list('/etc/lintel')).sort()).toEqual(['lintel.toml']);
}

it('puts everything in its place, erases the key that it took, and is done once', async () => {
  const disk = await camera();
  const { found, said } = await start(disk);
  expect(found).toBe(true);
  expect(said.at(-1)).toContain('house/door is set up');
  await expectDone(disk);
  expect(await start(disk)).toEqual({ found: false, said: [] });
});

it('wherever the power is cut, the key is whole somewhere, the settings are old or new, and the next start ends it', async () => {
  let cuts = 0;
  for (let cut = 0, powerHeld = false; !powerHeld; cut++) {
    const disk = await camera();
    cutAt(disk, cut);
    powerHeld = await start(disk).then(
      () => true,
      () => false,
    );
    for (const luck of everyLuck(disk)) {
      const found = disk.afterPowerCut(luck);
      expect([await textOf(found, KEY.boot), await textOf(found, KEY.place)]).toContain(SECRET);
      expect([OLD, NEW]).toContain(await textOf(found, SETTINGS));
      await start(found);
      await expectDone(found);
      cuts++;
    }
  }
  expect(cuts).toBeGreaterThan(100);
});

it.each([
  ['a private room', toml({ place: 'washroom' }, NAMED), 'may not look into a washroom'],
  ['no purpose', NEW.replace(/purpose = .*/, ''), 'site.purpose: is missing'],
  ['a mistake', `${NEW}\n[lines]\nsgin = 3\n`, 'there is no setting'],
  [
    'a key elsewhere',
    toml({}, { ...NAMED, key: '/elsewhere/camera.key' }),
    'broker.key: /elsewhere/camera.key is not beside',
  ],
  ['a key above', toml({}, { ...NAMED, key: '../camera.key' }), 'is not beside the settings'],
])('%s is refused, and nothing is changed', async (_what, settings, message) => {
  const disk = await camera(settings);
  await expect(start(disk)).rejects.toThrow(message);
  expect(await textOf(disk, SETTINGS)).toBe(OLD);
  expect(await disk.list('/etc/lintel/keys')).toEqual([]);
  expect(await textOf(disk, KEY.boot)).toBe(SECRET);
  expect(await textOf(disk, `${BOOT}/lintel.toml`)).toBe(settings);
});

it('a certificate and its key in one file are put in place once, and erased from the folder', async () => {
  const settings = toml({}, { ...NAMED, certificate: NAMED.key });
  const disk = await camera(settings);
  await start(disk);
  expect(await textOf(disk, SETTINGS)).toBe(settings);
  expect(await textOf(disk, KEY.place)).toBe(SECRET);
  expect(await textOf(disk, KEY.boot)).toBeUndefined();
});

it('keys that do not belong together are refused, and nothing is changed', async () => {
  const disk = await camera();
  const refuse = async (files: TlsFiles) => {
    expect(files).toEqual({
      ca: `${BOOT}/keys/ca.pem`,
      certificate: `${BOOT}/keys/camera.pem`,
      key: KEY.boot,
    });
    throw new Error('not that key');
  };
  await expect(start(disk, refuse)).rejects.toThrow('not that key');
  expect(await textOf(disk, SETTINGS)).toBe(OLD);
  expect(await textOf(disk, KEY.boot)).toBe(SECRET);
});

it('on a disk that is full, the settings before are in use, the key stays where it was, and nothing is left over', async () => {
  const disk = await camera();
  disk.onStep = (step, path) => {
    if (step === 'fill' && path === `${SETTINGS}.new`) throw systemError('ENOSPC', path);
  };
  await expect(start(disk)).rejects.toThrow(
    'the files cannot be put beside /etc/lintel/lintel.toml (ENOSPC)',
  );
  expect(await textOf(disk, SETTINGS)).toBe(OLD);
  expect(await textOf(disk, KEY.boot)).toBe(SECRET);
  expect(await disk.list('/etc/lintel/keys')).toEqual([]);
});
