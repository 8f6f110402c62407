import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { VisionStatus } from '../../firmware/vision-status.ts';
import { StatusFiles } from '../../src/spool/status-files.ts';
import { decodeStatus } from '../../src/wire/status-codec.ts';
import { VisionProcess } from '../vision-rig/vision-process.ts';
import { lintel } from './lintel-program.ts';

/** A change of the button that the program gets no turn to see, before the next one, is none. */
const NOTICED_MS = 2_000;

const status = (line: Readonly<Record<string, unknown>>) => line.status as VisionStatus | undefined;
const state = (vision: VisionProcess) => readdir(join(vision.folder, 'state'));

it('the program honours the button before it knows whether it has a model', async () => {
  const models = await mkdtemp(join(tmpdir(), 'lintel-no-models-'));
  onTestFinished(() => rm(models, { recursive: true }));
  const vision = await VisionProcess.start({ models });
  vision.tell('press');
  expect(await vision.exited).toBe(1);
  expect(vision.lines.some(({ msg }) => String(msg).includes(models))).toBe(true);
  expect(await state(vision)).toContain('opted-out');
  const told = await new StatusFiles(join(vision.folder, 'spool')).read('current');
  expect(decodeStatus(told!).state).toBe('fault-model');
});

it('the program makes a key when it first starts, and says what it signs', async () => {
  const vision = await VisionProcess.start();
  const identity = () => lintel('identity', '--settings', join(vision.folder, 'lintel.toml'), '--json');
  const { key } = await vision.said(({ msg }) => msg === 'started');
  const { fingerprint, modelsSha256, settingsSha256, software } = JSON.parse((await identity()).out);
  expect(fingerprint).toBe(key);
  expect(await vision.end('SIGTERM')).toBe(0);
  const told = decodeStatus((await new StatusFiles(join(vision.folder, 'spool')).read('current'))!);
  expect(told).toMatchObject({ state: 'running', sense: 'wired' });
  expect([told.modelsSha256, told.settingsSha256].map((bytes) => Buffer.from(bytes).toString('hex'))).toEqual(
    [modelsSha256, settingsSha256],
  );
  expect(told.software.join('.')).toBe(software);

  await rm(join(vision.folder, 'state', 'device-key.pem'));
  expect(await identity()).toMatchObject({
    code: 1,
    err: expect.stringMatching(/device-key.pem: vision makes it/),
  });
});

it('the program can be ended while its model is being tried', async () => {
  const vision = await VisionProcess.start();
  await vision.said(({ msg }) => msg === 'started');
  expect(await vision.end('SIGTERM')).toBe(0);
});

it('the program can be ended while it opens its recording, and leaves nothing behind', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-ended-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const temporary = join(folder, 'tmp');
  await mkdir(temporary);
  await writeFile(join(folder, 'mkfifo'), '#!/bin/sh\nkill -TERM "$PPID"\nexec /usr/bin/mkfifo "$@"\n', {
    mode: 0o755,
  });
  const vision = await VisionProcess.start({
    env: { PATH: `${folder}:${process.env.PATH}`, TMPDIR: temporary },
  });
  expect(await vision.exited).toBe(0);
  expect(await readdir(temporary)).toEqual([]);
});

it('the program watches, is opted out by a press, and watches again after another one', async () => {
  const vision = await VisionProcess.start({ args: ['--status'] });
  await vision.said((line) => (status(line)?.frames ?? 0) > 0);
  vision.tell('press');
  await vision.said((line) => status(line)?.phase === 'optedOut');
  expect(await state(vision)).toContain('opted-out');
  for (const change of ['release', 'press']) {
    vision.tell(change);
    await delay(NOTICED_MS);
  }
  vision.tell('release');
  await vision.saidNext((line) => status(line)?.phase === 'watching');
  expect(await state(vision)).toContain('watching');
  expect(await vision.end('SIGINT')).toBe(0);
});
