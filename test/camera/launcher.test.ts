import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';

const LAUNCHER = join(import.meta.dirname, '../../firmware/camera/launcher');
// As node-libcamera makes them of what it is given.
const OPTIONS = [
  ...['--width', '640', '--height', '480', '--framerate', '7.5', '--codec', 'yuv420', '--timeout', '0'],
  ...['--nopreview', '--flush', '--output', '/run/frames'],
];
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lintel-launcher-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** The command line of `program` when the launcher is given these options. */
async function launched(program: string, options: readonly string[] = OPTIONS): Promise<string> {
  await writeFile(join(folder, program), `#!/bin/sh\necho "$@" > ${folder}/line\necho frames?\n`, {
    mode: 0o700,
  });
  const run = promisify(execFile)('sh', ['-c', `libcamera-vid ${options.join(' ')} && cat ${folder}/line`], {
    env: { PATH: `${LAUNCHER}:${folder}:/usr/bin:/bin`, LINTEL_CAMERA_PROGRAM: program },
  });
  return (await run).stdout.trim();
}

it.each(['rpicam-vid', 'libcamera-vid'])(
  '%s is given the options as they are, and told to be quiet',
  async (program) => {
    expect(await launched(program)).toBe(`${OPTIONS.join(' ')} --verbose 0`);
  },
);

it('cam is told to refuse any other format', async () => {
  expect(await launched('cam')).toBe(
    '--camera 1 --capture --strict-formats --stream width=640,height=480,pixelformat=NV12 --file=/run/frames',
  );
});

it('gst-launch-1.0 is given a pipeline with the format, the size and the rate', async () => {
  expect(await launched('gst-launch-1.0')).toBe(
    '-q libcamerasrc ! video/x-raw,format=NV12,width=640,height=480,framerate=7500/1000 ! ' +
      'filesink location=/run/frames buffer-mode=unbuffered',
  );
});

it.each([
  ['cam', ['--hflip', 'false'], /does not know the option --hflip/],
  ['raspivid', OPTIONS, /does not know the program raspivid/],
])('of %s with %s nothing is started', async (program, options, words) => {
  await expect(launched(program, options)).rejects.toMatchObject({
    code: 255,
    stderr: expect.stringMatching(words),
  });
});
