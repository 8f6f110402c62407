import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';

const PROGRAM = fileURLToPath(new URL('run.ts', import.meta.url));
const spread = z.strictObject({ median: z.number(), least: z.number(), most: z.number() });
const share = z.number().min(0).max(1);
const recall = z.strictObject({ faces: z.int().min(1), facesCovered: share, facesFound: share });
const cost = z.strictObject({
  framesPerSecond: spread,
  cpuMsPerFrame: spread,
  cpuToFirst: spread,
  peakMegabytes: z.number().min(1),
  recall: recall.optional(),
});
/** What docs/performance.md says of it. */
const RESULT = z.strictObject({
  machine: z.strictObject({
    model: z.string(),
    cores: z.int(),
    memoryMegabytes: z.int(),
    architecture: z.string(),
    kernel: z.string(),
    node: z.string(),
    onnxruntime: z.string(),
  }),
  frames: z.literal(6),
  rounds: z.literal(1),
  sizes: z.tuple([
    z.strictObject({
      size: z.literal('640x480'),
      costs: z.record(z.string(), cost),
      photos: z.record(z.string(), recall),
    }),
  ]),
  crowds: z.tuple([z.strictObject({ faces: z.literal(5), costs: z.record(z.string(), cost) })]),
  still: z.strictObject({ costs: z.strictObject({ busy: cost, still: cost }) }).optional(),
});

/** Ten programs are started one after another: ten seconds where little else runs. */
const SLOW_MACHINE_MS = 240_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lintel-peers-'));
});
afterAll(() => rm(folder, { recursive: true }));

it(
  'measures this loop and the floor, and writes what performance.md says',
  async () => {
    const file = join(folder, 'result.json');
    const short = '--size 640x480 --frames 6 --rounds 1 --crowd 5 --peers ffmpeg --installed --json'.split(
      ' ',
    );
    const args = [PROGRAM, ...short, '--folder', join(folder, 'clips'), '--save', file];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const result = RESULT.parse(JSON.parse(stdout));

    const [{ costs, photos }] = result.sizes;
    expect(Object.keys(costs)).toEqual(['lintel', 'ffmpeg']);
    expect(costs.lintel!.recall).toMatchObject({ facesCovered: 1, facesFound: 1 });
    expect(photos.lintel!.faces).toBe(44);
    expect(photos.lintel!.facesFound).toBeGreaterThan(0.9);
    expect(photos.ffmpeg).toEqual({ faces: 44, facesCovered: 0, facesFound: 0 });
    expect(result.crowds[0].costs.lintel!.recall!.faces).toBe(5 * 6);

    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(result);
    expect(stdout).not.toContain(hostname());
    expect(await readdir(join(folder, 'clips'))).toEqual([]);
  },
  SLOW_MACHINE_MS,
);

it('says what is wrong with an option before anything is run', async () => {
  const run = promisify(execFile)(process.execPath, [PROGRAM, '--crowd', '51']);
  await expect(run).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('50 faces are the most'),
  });
});
