import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readStill } from '../../firmware/media/still.ts';
import { LintelProgram, lintel } from './lintel-program.ts';
import { FACES, PHOTO } from './still-clip.ts';

const run = promisify(execFile);
const MIDDLE = ['--doorway', '0.5,0,0.5,1:left-to-right'];
let folder: string;
let clip: string;
const file = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lintel-count-'));
  clip = file('clip.mp4');
  // The photograph of three people is carried from left to right, and all three cross the middle.
  const filter =
    'scale=480:320,pad=1440:320:color=gray,loop=loop=60:size=1,setpts=N/(25*TB),crop=480:320:x=480-8*n:y=0';
  await run('ffmpeg', [
    '-nostdin',
    '-v',
    'error',
    '-i',
    PHOTO,
    '-vf',
    `${filter},format=yuv420p`,
    '-frames:v',
    '60',
    '-r',
    '25',
    clip,
  ]);
});
afterAll(() => rm(folder, { recursive: true }));

describe('lintel count', () => {
  it('tells each crossing of a recording with its frame and direction, as JSON and in words', async () => {
    const [json, text] = await Promise.all([
      lintel('count', '--json', clip, ...MIDDLE),
      lintel('count', clip, ...MIDDLE),
    ]);
    expect([json.code, json.err, text.code]).toEqual([0, '', 0]);
    const { crossings, counts, frames, framesPerSecond } = JSON.parse(json.out);
    expect([frames, framesPerSecond]).toEqual([60, 25]);
    expect(counts).toEqual({ in: crossings.length, out: 0 });
    expect(crossings.length).toBeGreaterThan(0);
    for (const { frame, seconds, direction } of crossings) {
      expect(direction).toBe('in');
      expect(seconds).toBeCloseTo(frame / 25, 3);
      expect(text.out).toContain(`frame ${frame} (${seconds} s): in\n`);
    }
  });

  it('takes the doorway from settings, and tells nothing of a direction in which nobody shows a face', async () => {
    const site = 'site = { name = "a", device = "b" }\ncamera = { file = "clip.mp4" }\n';
    const doorway = (faces: string) =>
      `doorway = { faces = "${faces}", line = [[0.5, 0], [0.5, 1]], in_side = "left-to-right" }\n`;
    await writeFile(file('out.toml'), site + doorway('going-out'));
    const { code, out } = await lintel('count', '--json', clip, '--settings', file('out.toml'));
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ crossings: [], counts: { in: null, out: 0 } });
    const { out: text } = await lintel('count', clip, '--settings', file('out.toml'));
    expect(text).toContain('in not measured, out 0');
  });

  it('refuses whatever is no regular file, before it looks at it', async () => {
    await run('mkfifo', [file('fifo.y4m')]);
    for (const camera of [file('fifo.y4m'), '/dev/zero']) {
      expect(await lintel('count', camera, ...MIDDLE)).toEqual({
        code: 2,
        out: '',
        err: `lintel: ${camera} is no recorded file: exact crossings are told of recordings only\n`,
      });
    }
  });
});

describe('lintel aim', () => {
  it('writes a still with every face covered and the doorway drawn, and tells where it is', async () => {
    const still = file('still.png');
    const { code, out, err } = await lintel('aim', '--json', PHOTO, ...MIDDLE, '--out', still);
    expect([code, err]).toEqual([0, '']);
    const { covers, width, height, pixels } = JSON.parse(out);
    expect(covers).toBeGreaterThanOrEqual(3);
    expect(pixels).toEqual({
      line: [
        [width / 2, 0],
        [width / 2, height],
      ],
    });
    const [photo, aimed] = await Promise.all([readStill(PHOTO), readStill(still)]);
    for (const [x, y] of FACES) {
      // Where a face was there is one flat shade, but for what is drawn over it.
      const shades = new Set<number>();
      for (let dx = -12; dx <= 12; dx += 4) {
        const at = 4 * y * aimed.layout.lumaStride + 4 * x + dx;
        shades.add(Math.round(aimed.y[at]! / 8));
      }
      expect(shades.size).toBeLessThanOrEqual(2);
    }
    const red = (frame: typeof photo): number =>
      frame.v[(height >> 3) * frame.layout.chromaStride + (width >> 2)]!;
    expect(red(aimed)).toBeGreaterThan(200);
    expect(red(photo)).toBeLessThan(200);
  });

  it('writes no picture when faces cannot be looked for, or the moment is not in the recording', async () => {
    const still = file('none.png');
    const program = new LintelProgram(['aim', PHOTO, ...MIDDLE, '--out', still], {
      env: { LINTEL_MODELS: file('nowhere') },
    });
    expect(await program.ended).toBe(1);
    const late = await lintel('aim', clip, ...MIDDLE, '--at', '10s', '--out', still);
    expect(late).toMatchObject({ code: 2, err: expect.stringContaining('ends before 10 s') });
    const noPicture = await lintel('aim', clip, ...MIDDLE, '--out', file('none.mp4'));
    expect(noPicture).toMatchObject({ code: 2, err: expect.stringContaining('no name of a picture') });
    expect((await readdir(folder)).filter((name) => name.includes('none'))).toEqual([]);
  });
});
