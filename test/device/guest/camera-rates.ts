import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import test from 'node:test';
import { capture } from '../camera/capture.ts';
import { layout } from '../camera/layout.ts';
import { PICTURES, plugIn } from '../camera/virtual-camera.ts';
import { figure } from '../guest-report.ts';

const frames = 150;
const rounds = 3;

test('frames come faster through libcamera itself than from a program through a named pipe', async () => {
  plugIn({ pictures: join(PICTURES, 'photos'), width: layout.width, height: layout.height });
  const rates: Record<'native' | 'cam', number[]> = { native: [], cam: [] };
  for (let round = 0; round < rounds; round++) {
    rates.native.push(await nativeRate());
    rates.cam.push(await camRate());
  }
  const [native, cam] = [median(rates.native), median(rates.cam)];
  const times = (native / cam).toFixed(1);
  figure(
    'frames a second',
    `native ${native.toFixed(0)}, cam through a pipe ${cam.toFixed(0)}: ${times} times as many`,
  );
  assert.ok(native > cam);
});

/** Frames a second after the first one. */
async function nativeRate(): Promise<number> {
  let startMs = 0;
  let endMs = 0;
  await capture(frames, (_bytes, _at, frame) => {
    if (frame === 0) startMs = performance.now();
    if (frame === frames - 1) endMs = performance.now();
  });
  return (1_000 * (frames - 1)) / (endMs - startMs);
}

/** The same of libcamera's own test program, which writes raw frames to a file: here a pipe, read as it fills. */
async function camRate(): Promise<number> {
  const pipe = '/tmp/frames';
  execFileSync('sh', ['-c', `rm -f ${pipe}; mkfifo ${pipe}`]);
  // Opened for both, it neither waits for a writer nor ends with one.
  const reader = new Socket({ fd: openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK), writable: false });
  const size = `width=${layout.width},height=${layout.height},pixelformat=NV12`;
  const cam = spawn('cam', ['-c1', '-s', size, `-C${frames}`, `-F${pipe}`], { stdio: 'ignore' });
  const { promise, resolve } = Promise.withResolvers<number>();
  let bytes = 0;
  let startMs = 0;
  reader.on('data', (data) => {
    bytes += data.length;
    if (startMs === 0 && bytes >= layout.byteLength) startMs = performance.now();
    if (bytes >= frames * layout.byteLength) resolve((1_000 * (frames - 1)) / (performance.now() - startMs));
  });
  const [rate, [status]] = await Promise.all([promise, once(cam, 'exit')]);
  reader.destroy();
  assert.equal(status, 0);
  return rate;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
