import {
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  truncate,
  watch,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRecording } from '../../firmware/media/recording.ts';
import type { I420Frame } from '../../src/frame/i420.ts';
import { LintelProgram, lintel } from './lintel-program.ts';
import { FACES, makeStillClip, PHOTO } from './still-clip.ts';

/** A place without a face. */
const EMPTY = [20, 20] as const;

let folder: string;
let clip: string;
const file = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lintel-cli-'));
  clip = await makeStillClip(folder, 'clip.y4m', 6);
});
afterAll(() => rm(folder, { recursive: true }));

describe('lintel detect', () => {
  it('gives the machine no number, and leaves nothing at home: the runtime is told not to, whoever starts it', async () => {
    const home = await mkdtemp(join(folder, 'home-'));
    // The tests' own word would hide whether the program gives it.
    const env = { HOME: home, ORT_DISABLE_TELEMETRY: undefined };
    const program = new LintelProgram(['detect', PHOTO], { env });
    expect([await program.ended, program.err]).toEqual([0, '']);
    expect(await readdir(home)).toEqual([]);
  });

  it('prints one object for each picture that it can read, and one line for each that it cannot', async () => {
    const bad = [
      'none.jpg',
      'text.jpg',
      'empty.jpg',
      'cut.jpg',
      'empty.y4m',
      'one.y4m',
      'large.y4m',
      'folder.png',
    ];
    await writeFile(file('text.jpg'), 'dear diary\n');
    await writeFile(file('empty.jpg'), '');
    await copyFile(PHOTO, file('cut.jpg'));
    await truncate(file('cut.jpg'), 20_000);
    await writeFile(file('empty.y4m'), '');
    await writeFile(file('one.y4m'), 'YUV4MPEG2 W1 H1 F25:1\nFRAME\n\0\0\0');
    await writeFile(file('large.y4m'), 'YUV4MPEG2 W8000 H8000 F25:1\nFRAME\n');
    await mkdir(file('folder.png'));
    const { code, out, err } = await lintel('detect', '--json', clip, ...bad.map(file), PHOTO);
    expect(code).toBe(1);
    const lines = err.trimEnd().split('\n');
    expect(lines).toHaveLength(bad.length);
    for (const [index, name] of bad.entries()) expect(lines[index]).toMatch(new RegExp(`^lintel: .*${name}`));
    const found = JSON.parse(out);
    expect(found).toEqual([
      {
        file: clip,
        width: 480,
        height: 320,
        profile: 'near',
        cover: expect.any(Array),
        count: expect.any(Array),
      },
      {
        file: PHOTO,
        width: 1920,
        height: 1280,
        profile: 'near',
        cover: expect.any(Array),
        count: expect.any(Array),
      },
    ]);
    for (const { width, cover, count } of found) {
      expect(cover).toEqual(expect.arrayContaining(count));
      for (const [x, y] of FACES) {
        const scale = width / 480;
        const around = count.filter(([left, top, w, h, score]: number[]) => {
          expect(score).toBeGreaterThan(0.5);
          return (
            Math.abs(left! + w! / 2 - x * scale) < w! / 2 && Math.abs(top! + h! / 2 - y * scale) < h! / 2
          );
        });
        expect(around).toHaveLength(1);
      }
    }
  });
});

describe('lintel cover', () => {
  it('covers the faces of every frame of a video, and nothing far from them', async () => {
    const args = ['cover', '--json', '--style', 'solid', clip, file('out.y4m')];
    const { code, out, err } = await lintel(...args);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toEqual({
      frames: 6,
      covers: 18,
      coveredWhole: 0,
      framesPerSecond: expect.any(Number),
    });
    const [before, after] = await Promise.all([readAll(clip), readAll(file('out.y4m'))]);
    expect(after).toHaveLength(6);
    for (const [index, frame] of after.entries()) {
      for (const face of FACES) expect(shades(frame, face)).toBe(1);
      expect(patch(frame, EMPTY)).toEqual(patch(before[index]!, EMPTY));
    }
  });

  it('covers the faces of a picture, also into another format', async () => {
    const { code, out, err } = await lintel('cover', '--style', 'solid', PHOTO, file('out.png'));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^.*out[.]png: 1 frame, 3 covers, 0 frames covered whole, .* frames per second\n$/);
    const [frame] = await readAll(file('out.png'));
    for (const [x, y] of FACES) expect(shades(frame!, [x * 4, y * 4])).toBe(1);
  });

  it.each([
    ['a folder that is not there', 'none/out.mp4', 1, /there is no folder .*none\n/],
    ['a name without an ending', 'out', 1, /its ending must say what it is to be/],
    ['a picture, for a video', 'out.jpg', 1, /is a picture, and there is more than one frame/],
    ['the video itself', 'clip.y4m', 2, /would replace the recording/],
    ['a link to the video itself', 'link.y4m', 2, /would replace the recording/],
  ])('refuses to write to %s, in one line, and leaves nothing', async (_, name, code, message) => {
    await symlink(clip, file('link.y4m')).catch(() => {});
    const [contents, before] = [await readFile(clip), await readdir(folder)];
    const refused = await lintel('cover', clip, file(name));
    expect(refused).toMatchObject({ code, out: '', err: expect.stringMatching(/^lintel: [^\n]*\n$/) });
    expect(refused.err).toMatch(message);
    expect(await readdir(folder)).toEqual(before);
    expect((await readFile(clip)).equals(contents)).toBe(true);
  });

  it('leaves nothing of a video that is cut in mid-frame, and names it', async () => {
    await copyFile(clip, file('cut.y4m'));
    await truncate(file('cut.y4m'), 900_000);
    const before = await readdir(folder);
    expect(await lintel('cover', file('cut.y4m'), file('out.mp4'))).toEqual({
      code: 1,
      out: '',
      err: `lintel: ${file('cut.y4m')}: this Y4M file is cut off in its frame 4\n`,
    });
    expect(await readdir(folder)).toEqual(before);
  });

  it('leaves nothing when it is interrupted', async () => {
    const before = await readdir(folder);
    const long = await makeStillClip(folder, 'long.y4m', 250);
    const changes = watch(folder);
    const program = new LintelProgram(['cover', long, file('long.mp4')]);
    for await (const { filename } of changes) if (filename?.startsWith('long.lintel-part')) break;
    program.kill('SIGINT');
    expect(await program.ended).toBe(1);
    expect(program.err).toBe(`lintel: interrupted: ${file('long.mp4')} was not written\n`);
    expect(await readdir(folder)).toEqual([...before, 'long.y4m'].sort());
  });

  it('names the model that is missing', async () => {
    const program = new LintelProgram(['cover', PHOTO, file('none.png')], {
      env: { LINTEL_MODELS: '/nowhere' },
    });
    expect(await program.ended).toBe(1);
    expect(program.err).toMatch(
      /^lintel: the model \/nowhere\/.*[.]onnx cannot be read: run `npm run setup`\n$/,
    );
  });
});

async function readAll(path: string): Promise<I420Frame[]> {
  const { reader, close } = await openRecording(path);
  const frames: I420Frame[] = [];
  for (;;) {
    const bytes = new Uint8Array(reader.header.layout.byteLength);
    if (!(await reader.read(bytes))) break;
    frames.push(reader.header.layout.view(bytes));
  }
  await close();
  return frames;
}

/** The luma of 16 by 16 pixels around a place. */
function patch(frame: I420Frame, [x, y]: readonly [number, number]): number[] {
  const row = (at: number): number[] => [
    ...frame.y.subarray(at * frame.layout.lumaStride).subarray(x - 8, x + 8),
  ];
  return Array.from({ length: 16 }, (_, index) => row(y - 8 + index)).flat();
}

function shades(frame: I420Frame, at: readonly [number, number]): number {
  return new Set(patch(frame, at)).size;
}
