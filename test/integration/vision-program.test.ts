import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { VisionStatus } from '../../firmware/vision-status.ts';
import { VisionProcess } from '../vision-rig/vision-process.ts';

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
});

it('the program can be ended while its model is being tried', async () => {
  const vision = await VisionProcess.start();
  await vision.said(({ msg }) => msg === 'started');
  expect(await vision.end('SIGTERM')).toBe(0);
});

it('the program watches, is opted out by a press, and watches again after another one', async () => {
  const vision = await VisionProcess.start({ args: ['--status'] });
  await vision.said((line) => (status(line)?.frames ?? 0) > 0);
  await press(vision);
  await vision.said((line) => status(line)?.phase === 'optedOut');
  expect(await state(vision)).toContain('opted-out');
  const told = vision.lines.length;
  await press(vision);
  await vision.said((line) => vision.lines.indexOf(line) > told && status(line)?.phase === 'watching');
  expect(await state(vision)).toContain('watching');
  expect(await vision.end('SIGINT')).toBe(0);
});

/** As long as a person takes. */
async function press(vision: VisionProcess): Promise<void> {
  vision.tell('press');
  await delay(200);
  vision.tell('release');
  await delay(200);
}
