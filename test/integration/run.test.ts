import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat, watch, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRecording } from '../../firmware/media/recording.ts';
import type { ShownBoard } from '../../src/monitor/web/shown.ts';
import { spoolName } from '../../src/spool/spool-name.ts';
import { exampleReport } from '../../src/wire/example-report.ts';
import { signedExample } from '../../src/wire/example-signer.ts';
import { LintelProgram, type ProgramOptions } from './lintel-program.ts';
import { type Descendant, descendants, gone } from './process-tree.ts';
import { FACES, makeStillClip } from './still-clip.ts';

const MODELS = new URL('../../build/models', import.meta.url);
const WATCHING = /^watching \| sign lit/m;

let folder: string;
let clip: string;
/** Goes on beside the other tests, until it has shown a report. */
let shown: LintelProgram;
/** Temporary folder and home of the programs: nothing may be left there. */
let temporary: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lintel-run-test-'));
  clip = await makeStillClip(folder, 'clip.y4m', 50);
  temporary = await mkdtemp(join(folder, 'tmp-'));
  shown = start(['--camera', `replay:${clip}`], { outlivesTest: true });
});
beforeEach(async () => {
  temporary = await mkdtemp(join(folder, 'tmp-'));
});
afterAll(async () => {
  shown.kill('SIGTERM');
  await shown.ended;
  await rm(folder, { recursive: true });
});

function start(args: readonly string[], options: ProgramOptions = {}): LintelProgram {
  return new LintelProgram(['run', ...args], {
    ...options,
    env: { TMPDIR: temporary, HOME: temporary, ...options.env },
  });
}

const play = (...args: readonly string[]): LintelProgram => start(['--camera', `replay:${clip}`, ...args]);

/** Resolves, when the camera watches, with every process that the run has started. */
async function watching(run: LintelProgram): Promise<Descendant[]> {
  await run.said(WATCHING);
  return await descendants(run.pid);
}

const named = (name: string, processes: readonly Descendant[]): number =>
  processes.find(({ commandLine }) => commandLine.includes(`lintel.ts ${name} `))!.pid;

describe('lintel run', () => {
  it('says what its lines mean, writes covered frames that ffmpeg can play, and leaves nothing when it is ended', async () => {
    const view = join(folder, 'view.y4m');
    const part = join(folder, 'view.lintel-part.y4m');
    const run = play('--view', view);
    const started = await watching(run);
    for (const told of [
      'a line every 30 s (in service 15 to 60 minutes)',
      'noise is on',
      'fewer than 5',
      'coverage',
      'npx lintel watch --broker mqtt://127.0.0.1:',
    ]) {
      expect(run.out).toContain(told);
    }
    for await (const _ of watch(folder)) if ((await stat(part)).size > 2_000_000) break;
    run.kill('SIGTERM');
    expect([await run.ended, run.err]).toEqual([0, '']);
    await gone(started);
    expect(await readdir(temporary)).toEqual([]);
    await promisify(execFile)('ffmpeg', [
      '-nostdin',
      '-v',
      'error',
      '-xerror',
      '-i',
      view,
      '-f',
      'null',
      '-',
    ]);
    const [faces, covered] = await Promise.all([roughness(clip), roughness(view)]);
    for (const [index, face] of faces.entries()) expect(covered[index]!).toBeLessThan(face / 4);
  });

  it('says of its own clip what is true, and ends by itself after the time that it was given', async () => {
    const run = start(['--for', '3s']);
    expect([await run.ended, run.err]).toEqual([0, '']);
    expect(run.out).toMatch(/^ {2}true +what the recording really shows; neither program knows it$/m);
    expect(await readdir(temporary)).toEqual([]);
  });

  it('has the button on the space bar of a terminal, keeps to its width, and ends by q', async () => {
    const terminal = start(['--camera', `replay:${clip}`], {
      env: { TERM: 'xterm' },
      shell: 'exec script -qefc "stty cols 60; exec $(printf "%q " "$@")" /dev/null',
    });
    await terminal.said(/watching \| sign lit \| \d+ frames\/s/);
    terminal.process.stdin.write(' ');
    await terminal.said(/OPTED OUT, camera closed \| sign dark/);
    const before = terminal.out.length;
    terminal.process.stdin.write(' ');
    await terminal.said(/watching \| sign lit/, before);
    terminal.process.stdin.write('q');
    expect(await terminal.ended).toBe(0);
    const lines = terminal.out.split('\r').map((line) => line.replace('\x1b[K', ''));
    const states = lines.filter((line) => line.includes('| sign'));
    expect(Math.max(...states.map(({ length }) => length))).toBe(59);
  });

  it.each([
    ['vision', 'SIGKILL', 'vision ended by itself, with SIGKILL'],
    ['uplink', 'SIGTERM', 'uplink ended by itself, with exit code 0'],
  ] as const)(
    'ends with 1 and says so when %s is ended from outside by %s',
    async (name, signal, message) => {
      const run = play();
      const started = await watching(run);
      process.kill(named(name, started), signal);
      expect([await run.ended, run.err]).toEqual([1, `lintel: ${message}\n`]);
      await gone(started);
      expect(await readdir(temporary)).toEqual([]);
    },
  );

  it('takes its programs with it when it is killed, and when nobody reads on', async () => {
    const [killed, unread] = [play(), play()];
    const started = (await Promise.all([killed, unread].map(watching))).flat();
    killed.kill('SIGKILL');
    unread.process.stdout.destroy();
    await gone(started);
    expect([await unread.ended, unread.err]).toEqual([0, '']);
  });

  it('goes on without a broker, and says that reports wait for it', async () => {
    const spool = join(folder, 'spool');
    const report = spoolName(exampleReport());
    await mkdir(spool);
    await writeFile(join(spool, report), signedExample());
    await writeFile(join(folder, 'lintel.toml'), settings({ clip, spool }));
    const run = start(['--settings', join(folder, 'lintel.toml')]);
    // More than the one when an hour has just ended.
    await run.said(/^watching \| sign lit \| .*\d reports? waits? for the broker/m);
    await run.said(/^uplink: not connected.*ECONNREFUSED/m);
    run.kill('SIGTERM');
    expect(await run.ended).toBe(0);
    expect(await readdir(spool)).toContain(report);
  });

  it('says what cannot be had, and leaves nothing', async () => {
    const server = createServer();
    const port = await listen(server);
    const runs = [
      start(['--port', `${port}`]),
      start(['--camera', 'replay:none.mp4']),
      start([], { env: { LINTEL_MODELS: '/nowhere' } }),
      play('--view', clip),
    ];
    expect(await Promise.all(runs.map(({ ended }) => ended))).toEqual([1, 1, 1, 2]);
    server.close();
    const [taken, none, models, view] = runs.map(({ out, err }) => out + err);
    expect(taken).toBe(`lintel: port ${port} on 127.0.0.1 is taken: name another with --port\n`);
    expect(none).toMatch(
      /^vision: there is no file .*none[.]mp4: name .*\n(The page .*\n)?lintel: vision ended by itself, with exit code 1\n$/m,
    );
    expect(models).toMatch(/^vision: the model \/nowhere\/.* cannot be read: run `npm run setup`$/m);
    expect(view).toBe(
      `lintel: ${clip} would replace the recording that is read: name another file to write\n`,
    );
    expect(await readdir(temporary)).toEqual([]);
  });

  it('has the page of the facilities team, where its camera is enrolled and its first report appears', async () => {
    await shown.said(/^The page of the facilities team: http:/m);
    const [, url] = /^The page of the facilities team: (http:.*)$/m.exec(shown.out)!;
    const board = await pageShows(url!, ({ doors: [door] }) => door?.latest !== undefined);
    expect(board).toMatchObject({ found: 1, alarms: { lasting: 0 } });
    const [door] = board.doors;
    expect(door).toMatchObject({ site: 'demo', device: 'door', states: ['ok'], latest: { seconds: 30 } });
    expect(door!.enrolledKey).toBe(door!.signedBy);
    expect((await fetch(url!)).headers.get('content-type')).toContain('text/html');
    shown.kill('SIGTERM');
    expect([await shown.ended, shown.err]).toEqual([0, '']);
  });
});

/** Asks for all doors whenever the page tells of news, until they are as wanted. */
async function pageShows(url: string, isWanted: (board: ShownBoard) => boolean): Promise<ShownBoard> {
  const { body } = await fetch(`${url}/events`);
  for await (const _ of body!) {
    const board = (await (await fetch(`${url}/api/doors`)).json()) as ShownBoard;
    if (isWanted(board)) return board;
  }
  throw new Error('the page says nothing any more');
}

function settings({ clip, spool }: { clip: string; spool: string }): string {
  return `
site = { name = "hall", device = "front" }
camera = { driver = "replay", file = "${clip}" }
doorway = { line = [[0.5, 0], [0.5, 1]], in_side = "left-to-right" }
lines = { driver = "simulated" }
broker = { url = "mqtt://127.0.0.1:1" }
paths = { spool = "${spool}", state = "state", models = "${fileURLToPath(MODELS)}" }
`;
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** How much neighbours differ, over the middle of each of the clip's three faces, in the last frame. */
async function roughness(path: string): Promise<number[]> {
  const { reader, close } = await openRecording(path);
  const frame = new Uint8Array(reader.header.layout.byteLength);
  let frames = 0;
  for (; await reader.read(frame); frames++);
  await close();
  expect(frames).toBeGreaterThan(0);
  const { lumaStride } = reader.header.layout;
  return FACES.map(([x, y]) => {
    let sum = 0;
    for (let at = y - 10; at < y + 10; at++) {
      const row = frame.subarray(at * lumaStride + x - 10, at * lumaStride + x + 10);
      for (let column = 1; column < row.length; column++) sum += Math.abs(row[column]! - row[column - 1]!);
    }
    return sum;
  });
}
