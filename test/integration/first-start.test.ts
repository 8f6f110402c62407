import {
  chown,
  copyFile,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'smol-toml';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { LintelProgram } from './lintel-program.ts';
import { Authority } from './uplink-authority.ts';

const BROKER = { ca: 'keys/ca.pem', certificate: 'keys/camera.pem', key: 'keys/camera.key' };
const SITE = { name: 'house', device: 'door', place: 'lobby', purpose: 'Counting visitors.' };
const DOORWAY = {
  line: [
    [0.5, 0],
    [0.5, 1],
  ],
  in_side: 'left-to-right',
};
const GROUP = 54_321;

let boot: string;
let etc: string;

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-first-start-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  [boot, etc] = [join(folder, 'boot'), join(folder, 'etc')];
  await mkdir(join(boot, 'keys'), { recursive: true });
  await mkdir(join(etc, 'keys'), { recursive: true });
  await writeFile(join(etc, 'lintel.toml'), 'before');
  const authority = await Authority.make();
  const { ca, certificate, key } = await authority.camera('house/door');
  await copyFile(ca, join(boot, BROKER.ca));
  await copyFile(certificate, join(boot, BROKER.certificate));
  await copyFile(key, join(boot, BROKER.key));
  await put({});
});

async function put(site: object, broker: object = BROKER): Promise<void> {
  const settings = {
    site: { ...SITE, ...site },
    doorway: DOORWAY,
    broker: { url: 'mqtts://b.example', ...broker },
  };
  await writeFile(join(boot, 'lintel.toml'), stringify(settings));
}

/** As its unit runs it: within Node's own walls. */
async function firstStart() {
  const checkout = join(import.meta.dirname, '../..');
  const walls = [
    '--permission',
    ...[checkout, etc, boot].map((path) => `--allow-fs-read=${path}/`),
    ...[etc, boot].map((path) => `--allow-fs-write=${path}/`),
  ];
  const program = new LintelProgram(['first-start', '--from', boot, '--settings', join(etc, 'lintel.toml')], {
    env: { NODE_OPTIONS: walls.join(' ') },
  });
  return { code: await program.ended, out: program.out, err: program.err };
}

const read = (path: string) => readFile(path, 'utf8');

async function expectUntouched(): Promise<void> {
  expect(await read(join(etc, 'lintel.toml'))).toBe('before');
  expect(await readdir(join(etc, 'keys'))).toEqual([]);
  expect((await readdir(join(boot, 'keys'))).sort()).toEqual(['ca.pem', 'camera.key', 'camera.pem']);
  expect(await readdir(boot)).toContain('lintel.toml');
}

describe('lintel first-start', () => {
  it('puts settings and keys in place for their readers alone, and overwrites the key where it was', async () => {
    const isRoot = process.getuid?.() === 0;
    if (isRoot) await chown(join(etc, 'keys'), 0, GROUP);
    const settings = await read(join(boot, 'lintel.toml'));
    const secret = await read(join(boot, BROKER.key));
    // Another name of the same bytes on the disk.
    await link(join(boot, BROKER.key), join(boot, 'bytes'));

    const done = await firstStart();
    expect(done).toMatchObject({ code: 0, err: '' });
    expect(done.out).toContain(`lintel: installed ${join(etc, BROKER.key)}\n`);
    expect(done.out).toContain(`lintel: erased the private key ${join(boot, BROKER.key)}\n`);
    expect(done.out).not.toContain('PRIVATE');
    expect(await read(join(etc, 'lintel.toml'))).toBe(settings);
    expect(await read(join(etc, BROKER.key))).toBe(secret);
    const { mode, gid } = await stat(join(etc, BROKER.key));
    expect((mode & 0o777).toString(8)).toBe('640');
    if (isRoot) expect(gid).toBe(GROUP);
    expect((await stat(join(etc, 'lintel.toml'))).gid).not.toBe(GROUP);
    expect((await readFile(join(boot, 'bytes'))).every((byte) => byte === 0)).toBe(true);
    expect((await readdir(join(boot, 'keys'))).sort()).toEqual(['ca.pem', 'camera.pem']);

    expect(await firstStart()).toEqual({
      code: 0,
      err: '',
      out: `lintel: there is nothing to take in ${boot}\n`,
    });
  });

  it('refuses a private room, with nothing changed', async () => {
    await put({ place: 'hotel-room' });
    const { code, err } = await firstStart();
    expect(code).toBe(1);
    expect(err).toMatch(
      /^lintel: .*boot\/lintel.toml: nothing is watched: site.place: a camera may not look into/,
    );
    await expectUntouched();
  });

  it('refuses a key of another certificate, and one that is missing, with nothing changed', async () => {
    const other = await (await Authority.make()).camera('house/other');
    await copyFile(other.key, join(boot, BROKER.key));
    expect((await firstStart()).err).toContain('broker.key is not the key of broker.certificate');
    await expectUntouched();
    await put({}, { ...BROKER, key: 'keys/gone.key' });
    expect((await firstStart()).err).toMatch(/broker.key: .*gone.key is not there/);
    await expectUntouched();
  });

  it('says so when it can be installed, but not be taken away, and does it again at the next start', async () => {
    // What cannot be written over is a folder.
    await mkdir(join(boot, 'lintel.toml.installed'));
    const { code, err } = await firstStart();
    expect([code, err]).toEqual([1, expect.stringContaining('all is installed, but')]);
    expect(await readdir(join(etc, 'keys'))).toContain('camera.key');
    await rm(join(boot, 'lintel.toml.installed'), { recursive: true });
    expect(await firstStart()).toMatchObject({ code: 0, err: '' });
  });
});
