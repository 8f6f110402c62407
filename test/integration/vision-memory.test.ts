import { mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { VisionStatus } from '../../firmware/vision-status.ts';
import { MarkedClip } from '../vision-rig/marked-clip.ts';
import { MemoryScan } from '../vision-rig/memory-scan.ts';
import { VisionProcess } from '../vision-rig/vision-process.ts';

// The scan sees the program's own memory. It does not see the programs that it starts, nor what the kernel holds for it, such
// as a pipe; pages that were given back are the kernel's, which wipes them.

const SEED = 20_260_301;
const FRAMES = 2;
/** Of one frame's brightness: enough to know that it lies there, and not a few bytes that look like it. */
const MANY_PIECES = 1_000;
/** The last look at a frame may still be under way when the first scan begins. */
const SCANS = 3;

const clip = new MarkedClip(SEED, FRAMES);
let scan: MemoryScan;
beforeAll(() => {
  scan = new MemoryScan(clip.pieces());
});

const status = (line: Readonly<Record<string, unknown>>) => line.status as VisionStatus | undefined;

/** The real program with the real model, watching the marked recording; its memory is seen to hold it. */
async function watching(): Promise<{ vision: VisionProcess; recording: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-marked-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const recording = join(folder, 'marked.y4m');
  await clip.write(recording, 30);
  const vision = await VisionProcess.start({ args: ['--status'], recording });
  await vision.said((line) => (status(line)?.frames ?? 0) > 0);
  // The control: without it, a scan that finds nothing would say nothing.
  for (let pieces = 0; pieces < MANY_PIECES; ) {
    pieces = scan.scan(vision.pid, MANY_PIECES).pieces.brightness ?? 0;
    await setImmediate();
  }
  return { vision, recording };
}

async function expectNoMarks(vision: VisionProcess): Promise<void> {
  let found = scan.scan(vision.pid);
  for (let again = 1; again < SCANS && found.where.size > 0; again++) found = scan.scan(vision.pid);
  expect(found.bytes).toBeGreaterThan(10e6);
  expect([found.pieces, [...found.where]]).toEqual([{}, []]);
}

const saidPhase = (vision: VisionProcess, phase: string) =>
  vision.said((line) => status(line)?.phase === phase);

describe('the memory of a camera that watched holds no piece of any picture (P5)', () => {
  it('after an opt-out', async () => {
    const { vision } = await watching();
    vision.tell('press');
    await saidPhase(vision, 'optedOut');
    await expectNoMarks(vision);
  });

  it('after its sign went dark', async () => {
    const { vision } = await watching();
    vision.tell('break lamp');
    await saidPhase(vision, 'fault');
    await expectNoMarks(vision);
  });

  it('after its camera failed in the middle of a frame', async () => {
    const { vision, recording } = await watching();
    await truncate(recording, 200_000);
    await saidPhase(vision, 'fault');
    await expectNoMarks(vision);
  });
});
