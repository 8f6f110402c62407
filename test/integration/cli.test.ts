import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MISCONFIGURED } from '../../firmware/commands/service.ts';
import { LintelProgram, lintel } from './lintel-program.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lintel-cli-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('lintel', () => {
  it.each([
    ['frobnicate', "unknown command 'frobnicate'; see lintel --help"],
    ['detekt', "unknown command 'detekt' (Did you mean detect?); see lintel --help"],
    ['--foo', "unknown option '--foo'; see lintel --help"],
    ['detect', "missing required argument 'file'; see lintel detect --help"],
    [
      'detect --profile all a.jpg',
      "option '--profile <profile>' argument 'all' is invalid. Allowed choices are near, far, careful; see lintel detect --help",
    ],
    ['cover a.mp4', "missing required argument 'out'; see lintel cover --help"],
    [
      'count a.mp4 --doorway 0,0,1,1:up',
      "option '--doorway <x1,y1,x2,y2:way>' argument '0,0,1,1:up' is invalid. Give four numbers from 0 to 1 and the way in (left-to-right, right-to-left, top-to-bottom, bottom-to-top), such as 0.5,0,0.5,1:left-to-right; see lintel count --help",
    ],
    [
      'count a.mp4 --doorway 0.5,0,0.5,1:constructor',
      "option '--doorway <x1,y1,x2,y2:way>' argument '0.5,0,0.5,1:constructor' is invalid. Give four numbers from 0 to 1 and the way in (left-to-right, right-to-left, top-to-bottom, bottom-to-top), such as 0.5,0,0.5,1:left-to-right; see lintel count --help",
    ],
    ['aim a.mp4', 'where is the doorway? Give --settings <file>, or --doorway <x1,y1,x2,y2:way>'],
    [
      'count /dev/null --doorway 0.5,0,0.5,1:left-to-right',
      '/dev/null is no recorded file: exact crossings are told of recordings only',
    ],
    ['vision', "required option '--settings <file>' not specified; see lintel vision --help"],
    [
      'run --for 30',
      "option '--for <time>' argument '30' is invalid. Give a number and a unit: 30s, 5m, 1h; see lintel run --help",
    ],
    [
      'run --camera replay:a.y4m --settings lintel.toml',
      "option '--camera <replay:file>' cannot be used with option '--settings <file>'; see lintel run --help",
    ],
    [
      'notice --settings a.toml --size a3 --language en',
      "option '--size <size>' argument 'a3' is invalid. Allowed choices are a4, door; see lintel notice --help",
    ],
    ['report', "required option '--settings <file>' not specified; see lintel report --help"],
    ['watch --broker nowhere', "the broker's URL must be like mqtts://host or mqtt://host:1883"],
    [
      'watch --broker mqtt://user:secret@broker.example',
      "the broker's URL is plain MQTT to another machine, which anybody on the way can forge: use mqtts://",
    ],
    ['watch --certificate README.md', '--certificate: README.md is not a certificate in PEM form'],
    ['watch --ca gone.pem', '--ca: gone.pem is not there: put it there, or name another'],
    [
      'watch --key 12',
      "option '--key <fingerprint>' argument '12' is invalid. Give eight groups of four hexadecimal digits; see lintel watch --help",
    ],
    ['watch --time-zone Riverside', "'Riverside' is not a time zone: give one like Europe/Berlin"],
  ])('says what is wrong with the call "%s" in one line, and exits with 2', async (call, message) => {
    expect(await lintel(...call.split(' '))).toEqual({ code: 2, out: '', err: `lintel: ${message}\n` });
  });

  it('explains itself when it is asked to, on the standard output, and when it is called without a command', async () => {
    const [asked, unasked, version] = await Promise.all([lintel('--help'), lintel(), lintel('--version')]);
    expect(asked).toMatchObject({ code: 0, err: '' });
    for (const command of [
      'run',
      'vision',
      'uplink',
      'watch',
      'detect',
      'cover',
      'count',
      'aim',
      'settings',
      'identity',
      'verify',
      'report',
      'doctor',
      'first-start',
      'notice',
    ]) {
      expect(asked.out).toMatch(new RegExp(`^  ${command} `, 'm'));
    }
    expect(unasked).toEqual({ code: 2, out: '', err: asked.out });
    expect(version).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+[.]\d+[.]\d+\n$/) });
  });

  it('says in one line what is wrong with a settings file, and exits with 1', async () => {
    const file = (name: string): string => join(folder, name);
    await writeFile(file('key.toml'), '[doorway]\nin_sied = "left-to-right"\n');
    await writeFile(file('type.toml'), '[site]\nname = 3\n');
    const check = (name: string) => lintel('settings', '--check', file(name));
    const [none, key, type, vision] = await Promise.all([
      check('none.toml'),
      check('key.toml'),
      check('type.toml'),
      lintel('vision', '--settings', file('key.toml')),
    ]);
    expect(none).toEqual({
      code: 1,
      out: '',
      err: `lintel: there is no settings file ${file('none.toml')}: 'lintel settings' prints one to begin with\n`,
    });
    expect(key).toMatchObject({ code: 1, err: expect.stringMatching(/^lintel: .*doorway[.]in_side\n$/) });
    expect(type).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^lintel: .*site[.]name: found 3; .*\n$/),
    });
    expect(vision).toEqual({ ...key, code: MISCONFIGURED });
  });

  it('prints settings that it takes again', async () => {
    const { out } = await lintel('settings');
    await writeFile(join(folder, 'lintel.toml'), out);
    expect(await lintel('settings', '--check', join(folder, 'lintel.toml'))).toMatchObject({
      code: 0,
      err: '',
    });
  });

  it('ends in peace when nobody reads on, and says so when its output cannot be written', async () => {
    const unread = new LintelProgram(['settings']);
    unread.process.stdout.destroy();
    const full = new LintelProgram(['settings'], { shell: '"$@" >/dev/full' });
    expect([await unread.ended, unread.err]).toEqual([0, '']);
    expect([await full.ended, full.err]).toEqual([
      1,
      expect.stringMatching(/^lintel: cannot write: ENOSPC.*\n$/),
    ]);
  });

  it('watches for a broker that is not there until it is ended', async () => {
    const program = new LintelProgram(['watch', '--broker', 'mqtt://127.0.0.1:1']);
    await once(program.process.stderr, 'data');
    expect(program.err).toMatch(/^not connected, trying again: .*ECONNREFUSED.*\n$/);
    program.kill('SIGTERM');
    expect(await program.ended).toBe(0);
  });
});
