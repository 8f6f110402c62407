import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { VisionStatus } from '../../firmware/vision-status.ts';
import { AIM_FILES, MOST_STILL_BYTES } from '../../src/aiming/aim-folder.ts';
import { sandbox } from '../vision-rig/sandbox.ts';
import { VisionProcess, type VisionProcessOptions } from '../vision-rig/vision-process.ts';

const LINTEL = fileURLToPath(new URL('../../firmware/lintel.ts', import.meta.url));
/** On the disk that the checkout is on; where temporary files lie may be memory. */
const BUILD = fileURLToPath(new URL('../../build/', import.meta.url));
/** Longer than a level takes to settle, and shorter than a short press may be. */
const HOLD_MS = 200;
/** After so long another run begins. */
const RUN_MS = 5_500;

let memory: string;
beforeEach(async () => {
  memory = await mkdtemp('/dev/shm/lintel-aim-');
  onTestFinished(() => rm(memory, { recursive: true }));
});

/** The real program, in which five short presses have a still shown. */
async function aimed(options: VisionProcessOptions = {}): Promise<VisionProcess> {
  const vision = await VisionProcess.start({ args: ['--status'], aim: memory, ...options });
  await vision.said(({ status }) => (status as VisionStatus | undefined)?.phase === 'watching');
  const shown = named((names) => names.includes(AIM_FILES.still)).then(() => true);
  for (;;) {
    await press(vision, 5);
    if (await Promise.race([shown, delay(RUN_MS, false)])) return vision;
    // A run that this machine was too slow for leads nowhere, and leaves who knows what choice.
    const { status } = await vision.saidNext((line) => line.status !== undefined);
    if ((status as VisionStatus).optedOut) await press(vision, 1);
    await delay(RUN_MS);
  }
}

async function press(vision: VisionProcess, times: number): Promise<void> {
  for (let presses = 0; presses < times; presses++) {
    vision.tell('press');
    await delay(HOLD_MS);
    vision.tell('release');
    await delay(HOLD_MS);
  }
}

/** Resolves when the names in the folder are as they should be. */
async function named(good: (names: readonly string[]) => boolean): Promise<void> {
  const watcher = watch(memory);
  const changes = once(watcher, 'change');
  try {
    for (let next = changes; !good(await readdir(memory)); next = once(watcher, 'change')) await next;
  } finally {
    changes.catch(() => {});
    watcher.close();
  }
}

const isEmpty = (names: readonly string[]) => names.length === 0;

describe('a camera that is aimed', () => {
  it('leaves stills of 64 KiB at most, without a network and where no longer file can be written; a press ends that', async () => {
    const vision = await aimed({ through: sandbox() });
    const file = join(memory, AIM_FILES.still);
    expect((await readFile(file)).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
    expect((await stat(file)).size).toBeLessThanOrEqual(MOST_STILL_BYTES);
    expect((await stat(file)).mode & 0o007).toBe(0);
    vision.tell('press');
    await named(isEmpty);
    await vision.said(({ status }) => (status as VisionStatus | undefined)?.phase === 'optedOut');
    expect(await vision.end('SIGTERM')).toBe(0);
  });

  it('leaves nothing in memory when it is killed', async () => {
    const vision = await aimed();
    await vision.end('SIGKILL');
    await named(isEmpty);
  });

  it('is shown on a page, by a program that ends with it', async () => {
    // Nobody else is given the port meanwhile.
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const vision = await aimed({ aimingPort: port });
    await new Promise((closed) => holder.close(closed));
    const page = spawn(process.execPath, [
      LINTEL,
      'aiming',
      '--settings',
      join(vision.folder, 'lintel.toml'),
    ]);
    onTestFinished(() => void page.kill('SIGKILL'));
    await once(page.stdout, 'data');
    const still = await fetch(`http://127.0.0.1:${port}/still.jpg`);
    expect([still.status, still.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    const ended = once(page, 'exit');
    vision.tell('press');
    expect(await ended).toEqual([0, null]);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  });

  it('shows nothing where its folder is on a disk', async () => {
    const disk = await mkdtemp(join(BUILD, 'aim-'));
    onTestFinished(() => rm(disk, { recursive: true }));
    const vision = await VisionProcess.start({ args: ['--status'], aim: disk });
    expect(await vision.said(({ msg }) => msg === 'it cannot be aimed')).toMatchObject({
      reason: expect.stringContaining('name a folder below /run or /dev/shm'),
    });
    await vision.said(({ status }) => (status as VisionStatus | undefined)?.phase === 'watching');
    await press(vision, 5);
    await vision.said(({ status }) => (status as VisionStatus | undefined)?.phase === 'optedOut');
    expect(await readdir(disk)).toEqual([]);
  });
});
