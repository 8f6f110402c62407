import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type I420Frame, I420Layout } from '../../src/frame/i420.ts';
import { openRecording } from './recording.ts';
import { isPicture, VideoFile } from './video-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lintel-video-file-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

describe('a video file', () => {
  it.each([
    ['a Y4M file', 'out.y4m', 64, 48],
    ['a Y4M file of odd size', 'out.y4m', 65, 49],
    ['H.264 in mp4', 'out.mp4', 64, 48],
    ['H.264 in mp4, of odd size', 'out.mp4', 65, 49],
    ['H.264 in Matroska', 'out.mkv', 64, 48],
    ['what goes into a webm file', 'out.webm', 64, 48],
  ])('is written as %s, with size, rate, frames and colours kept', async (_, name, width, height) => {
    const path = join(folder, name);
    const layout = new I420Layout(width, height, width + 3);
    await write(path, layout, [60, 120, 180]);
    const { frames, header } = await readAll(path);
    expect(header.layout).toMatchObject({ width, height });
    expect(header.framesPerSecond).toBe(12.5);
    expect(frames).toHaveLength(3);
    for (const [index, luma] of [60, 120, 180].entries()) {
      expect(differsFrom(frames[index]!, { luma, u: 100, v: 150 })).toBeLessThanOrEqual(6);
    }
    expect(await readdir(folder)).toEqual([name]);
  });

  it.each(['out.png', 'out.jpg'])(
    'is written as the picture %s, of the same size also when odd',
    async (name) => {
      const path = join(folder, name);
      await write(path, new I420Layout(65, 49), [120]);
      const { frames, header } = await readAll(path);
      expect(header.layout).toMatchObject({ width: 65, height: 49 });
      // ffmpeg halves the colour of the last of an odd number of columns when it reads RGB.
      expect(differsFrom(frames[0]!, { luma: 120, u: 100, v: 150 })).toBeLessThanOrEqual(14);
      expect(isPicture(path)).toBe(true);
    },
  );

  it.each(['out.y4m', 'out.mp4'])(
    'has no name before it is whole, and %s leaves nothing when given up',
    async (name) => {
      const layout = new I420Layout(64, 48);
      const file = await VideoFile.create(join(folder, name), layout, 25);
      await file.write(grey(layout, 90));
      expect(await readdir(folder)).not.toContain(name);
      await file.abandon();
      expect(await readdir(folder)).toEqual([]);
    },
  );

  it.each([
    ['a folder that is not there', 'none/out.mp4', 'none/out.mp4'],
    ['a folder that is not there, as Y4M', 'none/out.y4m', 'none/out'],
    ['an ending that means nothing', 'out.xyz', 'out.xyz'],
    ['no ending', 'out', 'out'],
  ])('is refused in one line that names it, and leaves nothing: %s', async (_, name, named) => {
    const layout = new I420Layout(64, 48);
    const making = write(join(folder, name), layout, Array(40).fill(90));
    await expect(making).rejects.toMatchObject({
      code: expect.stringMatching(/^MEDIA_UN(WRIT|READ)ABLE$/),
      message: expect.stringMatching(new RegExp(`^[^\\n]*${named}[^\\n]*$`)),
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes one frame and no more if it is a picture', async () => {
    const layout = new I420Layout(64, 48);
    const file = await VideoFile.create(join(folder, 'out.png'), layout, 25);
    await file.write(grey(layout, 90));
    await expect(file.write(grey(layout, 91))).rejects.toMatchObject({
      code: 'MEDIA_UNWRITABLE',
      message: expect.stringContaining('name a video'),
    });
    await file.abandon();
    expect(await readdir(folder)).toEqual([]);
  });

  it('says what to install when there is no ffmpeg', async () => {
    vi.stubEnv('PATH', folder);
    await expect(write(join(folder, 'out.mp4'), new I420Layout(64, 48), [90])).rejects.toMatchObject({
      code: 'FFMPEG_MISSING',
      message: expect.stringContaining('apt-get install ffmpeg'),
    });
  });
});

async function write(path: string, layout: I420Layout, lumas: readonly number[]): Promise<void> {
  const file = await VideoFile.create(path, layout, 12.5);
  for (const luma of lumas) await file.write(grey(layout, luma));
  await file.finish();
}

/** A frame of one colour; what pads the rows is bright, so that it would be seen if it were written. */
function grey(layout: I420Layout, luma: number): I420Frame {
  const frame = layout.view(new Uint8Array(layout.byteLength).fill(235));
  paint(frame.y, layout.lumaStride, layout.width, luma);
  paint(frame.u, layout.chromaStride, layout.chromaWidth, 100);
  paint(frame.v, layout.chromaStride, layout.chromaWidth, 150);
  return frame;
}

function paint(plane: Uint8Array, stride: number, width: number, value: number): void {
  for (let at = 0; at < plane.byteLength; at += stride) plane.fill(value, at, at + width);
}

/** The largest distance of any sample from one colour. */
function differsFrom(frame: I420Frame, colour: { luma: number; u: number; v: number }): number {
  const furthest = (plane: Uint8Array, value: number): number =>
    plane.reduce((most, sample) => Math.max(most, Math.abs(sample - value)), 0);
  return Math.max(furthest(frame.y, colour.luma), furthest(frame.u, colour.u), furthest(frame.v, colour.v));
}

async function readAll(path: string) {
  const recording = await openRecording(path);
  const { header } = recording.reader;
  const frames: I420Frame[] = [];
  for (;;) {
    const bytes = new Uint8Array(header.layout.byteLength);
    if (!(await recording.reader.read(bytes))) break;
    frames.push(header.layout.view(bytes));
  }
  await recording.finished();
  await recording.close();
  return { header, frames };
}
