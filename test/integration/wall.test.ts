import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readlinkSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MOST_FILE_BYTES, sandbox } from '../vision-rig/sandbox.ts';
import { VisionProcess } from '../vision-rig/vision-process.ts';

const LOADED_PACKAGES = new URL('../vision-rig/loaded-packages.ts', import.meta.url).href;
const CONTROL = fileURLToPath(new URL('../vision-rig/sandbox-control.ts', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lintel-wall-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('in an empty network namespace, with no file over 64 KiB (P5)', () => {
  it('vision watches and reports, has loaded nothing that speaks to a network, and can save no picture', async () => {
    const vision = await VisionProcess.start({
      through: sandbox(),
      args: ['--window-seconds', '2', '--view', join(folder, 'view.y4m')],
      env: { NODE_OPTIONS: `--import ${LOADED_PACKAGES}` },
    });
    // At midnight there is one of the day, too.
    const report = await vision.reported(
      ({ level, in: entered }) => level === 'window' && entered.status !== 'not-measured',
    );
    expect(report).toMatchObject({ windowSeconds: 2 });

    const proc = (name: string) => `/proc/${vision.pid}/${name}`;
    expect(readlinkSync(proc('ns/net'))).not.toBe(readlinkSync('/proc/self/ns/net'));
    expect(readFileSync(proc('net/dev'), 'utf8').match(/^ *\w+:/gm)).toEqual(['    lo:']);
    expect(readFileSync(proc('limits'), 'utf8')).toMatch(
      new RegExp(`^Max file size +${MOST_FILE_BYTES} +${MOST_FILE_BYTES} `, 'm'),
    );

    await vision.said(({ where, code }) => where === 'view' && code === 'MEDIA_UNWRITABLE');
    expect(await vision.end('SIGTERM')).toBe(0);
    const files = await readdir(folder);
    const sizes = await Promise.all(files.map(async (name) => (await stat(join(folder, name))).size));
    expect(Math.max(...sizes)).toBe(MOST_FILE_BYTES);

    const packages = vision.lines
      .filter(({ pid, packages }) => pid === vision.pid && packages !== undefined)
      .flatMap(({ packages }) => packages as string[]);
    expect(packages).toEqual(expect.arrayContaining(['pino', 'zod', 'onnxruntime-node']));
    expect(packages.filter((name) => /mqtt|aedes|^ws$|websocket|http|fastify/.test(name))).toEqual([]);
  });
});

describe('the sandbox of that test', () => {
  const server = createServer((socket) => socket.destroy());
  beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
  afterAll(() => void server.close());

  async function attempt(through: readonly string[]): Promise<unknown> {
    const { port } = server.address() as AddressInfo;
    const args = [CONTROL, `${port}`, join(folder, 'file'), `${MOST_FILE_BYTES}`];
    const [command, ...rest] = [...through, process.execPath, ...args] as [string, ...string[]];
    return JSON.parse((await promisify(execFile)(command, rest)).stdout);
  }

  it('is real: what connects and writes without it can do neither in it', async () => {
    expect(await attempt([])).toEqual({ connect: 'done', write: 'done', writeMore: 'done' });
    expect(await attempt(sandbox())).toEqual({
      connect: 'ENETUNREACH',
      write: 'done',
      writeMore: 'EFBIG',
    });
  });
});
