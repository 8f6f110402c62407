import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VideoFile } from '../../../firmware/media/video-file.ts';
import { I420Layout } from '../../../src/frame/i420.ts';
import { Door } from './door.ts';

/** See `running-guards.ts`. */
const GUARD_WAITS_MS = 10_000;

const folder = mkdtempSync(join(tmpdir(), 'lintel-clip-'));
const clip = join(folder, 'door.mkv');

beforeAll(async () => {
  const layout = new I420Layout(320, 240);
  const video = await VideoFile.create(clip, layout, 5);
  const frame = layout.view(new Uint8Array(layout.byteLength).fill(128));
  for (let at = 0; at < 5 * 60; at++) await video.write(frame);
  await video.finish();
});
afterAll(() => rmSync(folder, { recursive: true }));

async function watchedDoor(fault?: string): Promise<Door> {
  const door = new Door({ driver: 'replay', file: clip }, 'ffmpeg');
  door.start(fault);
  await door.watching();
  return door;
}

describe('the sensor is closed before the sign goes dark, and nothing stays on or runs on, when vision', () => {
  it('is asked to end', async () => {
    using door = await watchedDoor();
    process.kill(door.vision.pid, 'SIGTERM');
    await door.safe();
    expect(await door.ended()).toEqual({ status: 0, guarded: false });
  });

  it('is killed, and the program of its camera does not end by itself', async () => {
    using door = await watchedDoor();
    process.kill(door.camera.pid, 'SIGSTOP');
    door.vision.kill();
    await door.safe();
    expect(await door.ended()).toEqual({ status: 'SIGKILL', guarded: true });
  });

  it('is killed while the assist line calls', async () => {
    using door = await watchedDoor();
    door.press();
    await door.until(({ assist }) => assist === 1);
    door.vision.kill();
    await door.safe();
    expect(await door.ended()).toEqual({ status: 'SIGKILL', guarded: true });
  });

  it.concurrent('is stopped from outside', async () => {
    using door = await watchedDoor();
    process.kill(door.vision.pid, 'SIGSTOP');
    await door.safe();
    expect(await door.ended()).toEqual({ status: 'SIGKILL', guarded: true });
  });

  it.concurrent.each(['hang', 'timers'])('hangs in its main thread (%s)', async (fault) => {
    using door = await watchedDoor(fault);
    process.kill(door.vision.pid, 'SIGUSR2');
    await door.safe();
    expect(await door.ended()).toEqual({ status: 'SIGKILL', guarded: true });
  });

  it.concurrent.each([
    ['SIGKILL', 'the guard ended with SIGKILL'],
    ['SIGSTOP', 'the guard does not answer'],
  ])('loses its guard (%s)', async (signal, said) => {
    using door = await watchedDoor();
    process.kill(door.guard.pid, signal);
    await door.safe();
    expect(await door.ended()).toEqual({ status: 1, guarded: false });
    expect(door.said).toContain(said);
  });

  it.each(['throw', 'reject'])('meets an error that nobody catches (%s)', async (fault) => {
    using door = await watchedDoor(fault);
    process.kill(door.vision.pid, 'SIGUSR2');
    await door.safe();
    expect(await door.ended()).toEqual({ status: 1, guarded: false });
    expect(door.said.match(/uncaught error/g)).toHaveLength(1);
  });

  it('loses the program of its camera', async () => {
    using door = await watchedDoor();
    door.camera.kill();
    await door.safe();
    expect(door.vision.state).toBe('runs');
  });
});

it('what a killed vision and its killed guard leave is ended and removed, and then the sign darkened, by lintel darken', async () => {
  using door = await watchedDoor();
  const { guard } = door;
  // Stopped, it cannot act on the end of vision before it is killed too.
  process.kill(guard.pid, 'SIGSTOP');
  process.kill(door.camera.pid, 'SIGSTOP');
  door.vision.kill();
  guard.kill();
  door.leaveStill();
  await Promise.all([door.vision.ended(), guard.ended()]);
  expect(door.signHistory.at(-1)).toBe(1);
  const darkened = door.darken();
  await door.safe();
  expect(await darkened).toEqual({ status: 0, said: '' });
  expect(door.stills).toEqual([]);
  expect(await door.ended()).toEqual({ status: 'SIGKILL', guarded: false });
});

it('a guard that stands still when its vision is gone is ended by lintel darken, and the sign darkened', async () => {
  using door = await watchedDoor();
  const { guard } = door;
  process.kill(guard.pid, 'SIGSTOP');
  door.vision.kill();
  await door.vision.ended();
  const darkened = door.darken();
  await door.safe();
  expect(await darkened).toEqual({ status: 0, said: '' });
  expect(guard.state).toBe('gone');
});

it('a vision that is started while the guard of the one before has still to darken the sign waits for it', async () => {
  const startedMs = performance.now();
  using door = await watchedDoor();
  const startMs = performance.now() - startedMs;
  const { guard } = door;
  process.kill(guard.pid, 'SIGSTOP');
  door.vision.kill();
  door.start();
  // Long enough for one that does not wait, and not so long that one that does gives up.
  await delay(Math.min(2 * startMs, GUARD_WAITS_MS - 2_000));
  expect(door.signHistory).toEqual([0, 1]);
  process.kill(guard.pid, 'SIGCONT');
  await guard.ended();
  await door.watching();
  expect(door.signHistory).toEqual([0, 1, 0, 1]);
});
