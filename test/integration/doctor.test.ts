import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'smol-toml';
import { describe, expect, it, onTestFinished } from 'vitest';
import { NodeDisk } from '../../src/disk/node-disk.ts';
import { DeviceKey } from '../../src/identity/device-key.ts';
import { fingerprint } from '../../src/wire/fingerprint.ts';
import { LintelProgram } from './lintel-program.ts';
import { Authority } from './uplink-authority.ts';
import { Mosquitto } from './uplink-mosquitto.ts';

const CLIP = fileURLToPath(new URL('../../build/material/demo.mp4', import.meta.url));
const MODELS = fileURLToPath(new URL('../../build/models', import.meta.url));
const PASSWORD = 'pass-of-this-camera';
/** By its lines a door is known to be watched: each test has its own. */
let nextLine = 100;

type Sections = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
type Found = (item: string) => { state: string; text: string } | undefined;

interface RunOptions {
  readonly shell?: string;
  readonly tell?: string;
}

/** A door's folder, with a key, and the doctor that looks at it. */
class Door {
  readonly folder: string;
  readonly settings: string;
  readonly #sections: Sections;

  static async make(sections: Sections = {}): Promise<Door> {
    const folder = await mkdtemp(join(tmpdir(), 'lintel-doctor-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const door = new Door(folder, sections);
    for (const name of ['spool', 'state']) await mkdir(join(folder, name));
    await DeviceKey.open(join(folder, 'state'), new NodeDisk());
    await door.#write();
    return door;
  }

  private constructor(folder: string, sections: Sections) {
    this.folder = folder;
    this.settings = join(folder, 'lintel.toml');
    this.#sections = sections;
  }

  async run(args: readonly string[], { shell, tell = '' }: RunOptions = {}) {
    const program = this.start(['doctor', ...args], shell);
    program.process.stdin.end(tell);
    return { code: await program.ended, out: program.out, err: program.err };
  }

  async look(options: RunOptions = {}): Promise<{ code: number | string; found: Found; out: string }> {
    const { code, out, err } = await this.run(['--json'], options);
    expect(err).toBe('');
    const { healthy, findings } = JSON.parse(out);
    expect(healthy).toBe(code === 0);
    return { code, out, found: (item) => findings.find((one: { item: string }) => one.item === item) };
  }

  start(args: readonly string[], shell?: string): LintelProgram {
    return new LintelProgram([...args, '--settings', this.settings], shell === undefined ? {} : { shell });
  }

  #write(): Promise<void> {
    const [sign, sense, button, assist] = [nextLine++, nextLine++, nextLine++, nextLine++].map((n) => n % 54);
    const given: Sections = {
      site: { name: 'house', device: 'door', place: 'lobby' },
      camera: { driver: 'replay', file: CLIP },
      doorway: {
        line: [
          [0.5, 0],
          [0.5, 1],
        ],
        in_side: 'left-to-right',
      },
      lines: { driver: 'simulated', sign, sense, button, assist },
      broker: { url: `mqtt://camera:${PASSWORD}@127.0.0.1:1` },
      paths: { spool: 'spool', state: 'state', models: MODELS },
    };
    const names = [...new Set([...Object.keys(given), ...Object.keys(this.#sections)])];
    const merged = names.map((name) => [name, { ...given[name], ...this.#sections[name] }]);
    return writeFile(this.settings, stringify(Object.fromEntries(merged)));
  }
}

describe('lintel doctor', () => {
  it('finds nothing wrong at a healthy door, in lines of 80 characters, and leaves it as it was', async () => {
    const authority = await Authority.make();
    const mosquitto = await Mosquitto.asShipped(authority);
    await mosquitto.start();
    const { ca, certificate, key } = await authority.camera('house/door');
    const door = await Door.make({ broker: { url: mosquitto.url, ca, certificate, key } });
    const { publicKey } = await DeviceKey.read(join(door.folder, 'state'), new NodeDisk());

    const { code, out, err } = await door.run([]);
    expect([code, err]).toEqual([0, '']);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    const items = out.match(/^\S+ +(\S+)/gm)!.map((line) => line.split(/ +/)[1]);
    expect(items).toEqual([
      ...[
        'settings',
        'model',
        'speed',
        'spool',
        'state',
        'disk',
        'clock',
        'certificates',
        'broker',
        'sandbox',
      ],
      ...['lines', 'button', 'sense', 'camera'],
    ]);
    expect(out).not.toContain('FAIL');
    const flat = out.replace(/\s+/g, ' ');
    expect(flat).toContain(fingerprint(publicKey));
    expect(flat).toMatch(
      /ok broker localhost:\d+ takes this camera, by TLSv1.3; its certificate is valid until \d{4}/,
    );
    expect(flat).toMatch(/ok certificates broker.ca until \d{4}-\d\d-\d\d, broker.certificate until \d{4}/);
    expect(flat).toMatch(
      /ok camera opened with the sign lit, 1280x720, first frame .* after \(no camera is used: the settings name the recording/,
    );
    expect(flat).toMatch(/WARN sandbox this process.* not under the service, so not: no network/);
    const [spool, state] = await Promise.all(
      ['spool', 'state'].map((name) => new NodeDisk().list(join(door.folder, name))),
    );
    expect([spool, state]).toEqual([[], ['device-key.pem']]);
  });

  it('says of each thing that is broken what it is and what to do, and shows no secret', async () => {
    const authority = await Authority.make();
    const { ca, certificate, key } = await authority.camera('house/door', 0);
    const door = await Door.make({
      broker: { url: `mqtts://camera:${PASSWORD}@localhost:1`, ca, certificate, key },
      paths: { models: 'models' },
    });
    const model = 'ultraface-640x384.onnx';
    const bytes = await readFile(join(MODELS, model));
    bytes[bytes.length >> 1]! ^= 1;
    await mkdir(join(door.folder, 'models'));
    await writeFile(join(door.folder, 'models', model), bytes);
    const tomorrow = new Date(Date.now() + 86_400_000);
    await utimes(join(door.folder, 'state/device-key.pem'), tomorrow, tomorrow);

    const shell = `exec unshare --mount sh -c 'mount -t tmpfs -o ro none ${door.folder}/spool && exec "$@"' sh "$@"`;
    const { code, found, out } = await door.look({ shell, tell: 'press\n' });
    expect(code).toBe(1);
    expect(found('model')).toMatchObject({
      state: 'fail',
      text: expect.stringContaining('is not the model of the catalogue'),
    });
    expect(found('speed')?.state).toBe('skipped');
    expect(found('spool')).toMatchObject({
      state: 'fail',
      text: expect.stringContaining('is mounted read-only'),
    });
    expect(found('clock')).toMatchObject({ state: 'fail', text: expect.stringContaining('set the clock') });
    expect(found('certificates')).toMatchObject({
      state: 'fail',
      text: expect.stringMatching(/broker.certificate expired on .*renew it/),
    });
    expect(found('broker')).toMatchObject({
      state: 'fail',
      text: expect.stringMatching(/localhost:1: .*ECONNREFUSED/),
    });
    expect(found('button')).toMatchObject({
      state: 'fail',
      text: expect.stringContaining('its wire is cut'),
    });
    expect(found('camera')).toMatchObject({
      state: 'skipped',
      text: expect.stringContaining('the button reads pressed'),
    });
    for (const secret of [PASSWORD, (await readFile(key, 'utf8')).split('\n')[1]!])
      expect(out).not.toContain(secret);
    expect(out).not.toContain('PRIVATE');
  });

  it('tells of a full disk, a dead lamp, a doctor without models, and a broker that is not there', async () => {
    const door = await Door.make({ paths: { models: 'none' } });
    const fill = `mount -t tmpfs -o size=64k none ${door.folder}/spool; cat /dev/zero >${door.folder}/spool/full 2>/dev/null`;
    const shell = `exec unshare --mount sh -c '${fill}; exec "$@"' sh "$@"`;
    const { code, found, out } = await door.look({ shell, tell: 'break lamp\n' });
    expect(code).toBe(1);
    expect(found('model')).toMatchObject({ state: 'fail', text: expect.stringContaining('cannot be read') });
    expect(found('spool')).toMatchObject({ state: 'fail', text: expect.stringContaining('make room there') });
    expect(found('disk')).toMatchObject({ state: 'fail', text: expect.stringContaining('make room there') });
    expect(found('sense')).toMatchObject({ state: 'fail', text: expect.stringContaining('check the lamp') });
    expect(found('camera')).toMatchObject({
      state: 'skipped',
      text: expect.stringContaining('not seen to be lit'),
    });
    expect(found('broker')).toMatchObject({ state: 'fail', text: expect.stringContaining('127.0.0.1:1') });
    expect(out).not.toContain(PASSWORD);
  });

  it('opens nothing where a resident has opted out, nor in a private room, nor without settings', async () => {
    const quiet = { paths: { models: 'none' } };
    const optedOut = await Door.make(quiet);
    await writeFile(join(optedOut.folder, 'state/opted-out'), '');
    const chosen = await optedOut.look();
    expect(chosen.found('camera')).toMatchObject({
      state: 'skipped',
      text: expect.stringContaining('opted out'),
    });
    expect(await new NodeDisk().list(join(optedOut.folder, 'state'))).toContain('opted-out');

    const room = await Door.make({ ...quiet, site: { place: 'washroom' } });
    const refused = await room.look();
    expect(refused.found('settings')).toMatchObject({
      state: 'fail',
      text: expect.stringContaining('may not look into'),
    });
    expect(refused.found('camera')).toMatchObject({
      state: 'skipped',
      text: expect.stringContaining('do not allow'),
    });

    await writeFile(room.settings, 'nonsense');
    const none = await room.look();
    expect([none.code, none.found('settings')?.state, none.found('camera')]).toEqual([1, 'fail', undefined]);
  });

  it('leaves a door to the vision that watches it, and looks at its walls', async () => {
    const door = await Door.make();
    const vision = door.start(['vision']);
    await vision.said(/"started"/);
    const { found } = await door.look();
    const has = `process ${vision.pid} has`;
    for (const item of ['lines', 'button', 'sense', 'camera']) {
      expect(found(item)).toMatchObject({ state: 'skipped', text: expect.stringContaining(has) });
    }
    expect(found('camera')?.text).toContain('no camera is used');
    expect(found('sandbox')?.text).toContain(`vision (process ${vision.pid})`);
    expect(found('model')?.state).toBe('ok');
    vision.kill('SIGTERM');
    expect(await vision.ended).toBe(0);
  });

  it('sees the walls that the kernel keeps around it', async () => {
    const door = await Door.make({ paths: { models: 'none' } });
    const filter = `import ctypes, os, sys
code = (ctypes.c_ubyte * 8)(6, 0, 0, 0, 0, 0, 0xff, 0x7f)
class Program(ctypes.Structure): _fields_ = [('length', ctypes.c_ushort), ('code', ctypes.c_void_p)]
libc = ctypes.CDLL(None, use_errno=True)
assert libc.prctl(38, 1, 0, 0, 0) == 0
assert libc.prctl(22, 2, ctypes.byref(Program(1, ctypes.addressof(code)))) == 0
os.execvp(sys.argv[1], sys.argv[1:])`;
    const script = join(door.folder, 'filter.py');
    await writeFile(script, filter);
    const shell = `exec unshare --net prlimit --fsize=65536 --core=0 python3 ${script} "$@"`;
    const { found } = await door.look({ shell });
    expect(found('sandbox')).toEqual({
      item: 'sandbox',
      state: 'ok',
      text: 'this process: no network, no file over 64 KiB, no core dump, no new privileges, system calls filtered',
    });
  });
});
