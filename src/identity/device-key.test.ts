import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { systemError } from '../disk/disk.ts';
import { NodeDisk } from '../disk/node-disk.ts';
import { SimulatedDisk } from '../disk/simulated-disk.ts';
import { signerOf, withSignature } from '../wire/signature.ts';
import { DeviceKey } from './device-key.ts';

const PATH = '/state/device-key.pem';
const hall = { site: 'hall', device: 'front' };
const failsWith = (code: string) => expect.objectContaining({ code });

async function newDisk(): Promise<SimulatedDisk> {
  const disk = new SimulatedDisk();
  await disk.makeDirectory('/state');
  return disk;
}

test('a device has one key, from its first start on, and no other device has it', async () => {
  const disk = await newDisk();
  const { publicKey } = await DeviceKey.open('/state', disk);
  expect((await DeviceKey.open('/state', disk)).publicKey).toEqual(publicKey);
  expect((await DeviceKey.read('/state', disk)).publicKey).toEqual(publicKey);
  expect((await DeviceKey.open('/state', await newDisk())).publicKey).not.toEqual(publicKey);
});

test('what it signs is signed by it', async () => {
  const key = await DeviceKey.open('/state', await newDisk());
  const bytes = withSignature('Report', hall, Buffer.concat([Buffer.from('counts'), key.publicKey]), key);
  expect(signerOf('Report', hall, bytes)).toEqual(Uint8Array.from(key.publicKey));
});

test('the key is for its owner alone to read, in a form that openssl reads', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-key-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { publicKey } = await DeviceKey.open(folder, new NodeDisk());
  expect(await readdir(folder)).toEqual(['device-key.pem']);
  const path = join(folder, 'device-key.pem');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const { stdout } = await promisify(execFile)(
    'openssl',
    ['pkey', '-in', path, '-pubout', '-outform', 'DER'],
    {
      encoding: 'buffer',
    },
  );
  expect(stdout.subarray(-32)).toEqual(publicKey);
  expect(await readFile(path, 'utf8')).toMatch(
    /^-----BEGIN PRIVATE KEY-----(.|\n)*-----END PUBLIC KEY-----\n$/,
  );
});

test('a power cut while it is made leaves the whole key or none; one that was used is never lost', async () => {
  let cuts = 0;
  for (let cut = 0, powerHeld = false; !powerHeld; cut++) {
    const disk = await newDisk();
    let step = 0;
    disk.onStep = () => {
      if (step++ >= cut) throw new Error('the power is gone');
    };
    const used = await DeviceKey.open('/state', disk).catch(() => undefined);
    powerHeld = used !== undefined;
    for (let kept = 0; kept < 2 ** disk.unsyncedNames; kept++) {
      for (const share of [0, 0.5, 1]) {
        const found = disk.afterPowerCut({
          keepsName: (index) => (kept & (1 << index)) !== 0,
          keptBytes: (length) => Math.floor(length * share),
        });
        const key = await DeviceKey.open('/state', found);
        if (used) expect(key.publicKey).toEqual(used.publicKey);
        expect((await DeviceKey.open('/state', found)).publicKey).toEqual(key.publicKey);
        cuts++;
      }
    }
  }
  expect(cuts).toBeGreaterThan(15);
});

test('a key that was read is not lost to a power cut, though the program that made it was killed too early', async () => {
  const disk = await newDisk();
  disk.onStep = (step) => {
    if (step === 'sync-directory') throw new Error('killed');
  };
  await DeviceKey.open('/state', disk).catch(() => {});
  disk.onStep = () => {};
  const { publicKey } = await DeviceKey.open('/state', disk);
  const found = disk.afterPowerCut({ keepsName: () => false, keptBytes: () => 0 });
  expect((await DeviceKey.read('/state', found)).publicKey).toEqual(publicKey);
});

test.each<[string, (written: Buffer) => Uint8Array]>([
  ['is empty', () => Buffer.alloc(0)],
  ['was cut short', (written) => written.subarray(0, -1)],
  ['holds more than was written', (written) => Buffer.concat([written, Buffer.from('\n')])],
  ['is far too long', (written) => Buffer.concat([written, Buffer.alloc(2_000)])],
  [
    'holds the key of another kind',
    () => {
      const { privateKey } = generateKeyPairSync('x25519');
      return Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    },
  ],
])('when the file %s, that is an error, and no other key is made', async (_what, damage) => {
  const disk = await newDisk();
  await DeviceKey.open('/state', disk);
  const broken = damage(Buffer.from(await disk.read(PATH, 1_024)));
  await disk.write(PATH, broken);
  await expect(DeviceKey.open('/state', disk)).rejects.toEqual(failsWith('DEVICE_KEY_DAMAGED'));
  expect(Buffer.from(await disk.read(PATH, 8_192))).toEqual(Buffer.from(broken));
});

test('when any byte of the file is another one, that is an error', async () => {
  const disk = await newDisk();
  await DeviceKey.open('/state', disk);
  const written = Buffer.from(await disk.read(PATH, 1_024));
  for (let at = 0; at < written.length; at++) {
    for (const value of [written[at]! ^ 1, 0x41 + (at % 26)]) {
      if (value === written[at]) continue;
      const broken = Buffer.from(written);
      broken[at] = value;
      await disk.write(PATH, broken);
      await expect(DeviceKey.open('/state', disk), `byte ${at}`).rejects.toEqual(
        failsWith('DEVICE_KEY_DAMAGED'),
      );
    }
  }
});

test('whoever only reads it makes none; a disk that fails says so', async () => {
  const disk = await newDisk();
  await expect(DeviceKey.read('/state', disk)).rejects.toEqual(failsWith('DEVICE_KEY_MISSING'));
  expect(await disk.list('/state')).toEqual([]);
  disk.onStep = (_step, path) => {
    throw systemError('ENOSPC', path);
  };
  await expect(DeviceKey.open('/state', disk)).rejects.toEqual(failsWith('DEVICE_KEY_UNUSABLE'));
});
