import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { FramePipe } from './frame-pipe.ts';

let runtime: string;
let programs: string;

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-pipe-'));
  runtime = join(folder, 'run');
  programs = join(folder, 'bin');
  for (const made of [runtime, programs]) await mkdir(made);
  vi.stubEnv('RUNTIME_DIRECTORY', runtime);
  vi.stubEnv('PATH', `${programs}:${process.env.PATH}`);
  return async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  };
});

it('a pipe gives what is written to it, and leaves nothing behind', async () => {
  const pipe = await FramePipe.make();
  await writeFile(pipe.path, 'frames');
  const bytes = new Uint8Array(10);
  expect(await pipe.read(bytes, 2)).toBe(6);
  expect(Buffer.from(bytes).toString()).toBe('\0\0frames\0\0');
  await pipe.close();
  expect(await readdir(runtime)).toEqual([]);
});

it.each([
  ['cannot be made', 'exit 1'],
  ['cannot be opened', 'for path; do :; done; mkdir "$path"'],
])('a pipe that %s is told, and leaves nothing behind', async (_, mkfifo) => {
  await writeFile(join(programs, 'mkfifo'), `#!/bin/sh\n${mkfifo}\n`, { mode: 0o755 });
  await expect(FramePipe.make()).rejects.toMatchObject({
    code: 'CAMERA_PIPE',
    message: expect.stringContaining(runtime),
  });
  expect(await readdir(runtime)).toEqual([]);
});
