import { mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { I420Layout } from '../../src/frame/i420.ts';
import { FileSource, StreamSource } from './byte-sources.ts';
import { openRecording } from './recording.ts';
import { readStill } from './still.ts';
import { VideoFile } from './video-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lintel-recording-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

describe('bytes', () => {
  it('are read from a file straight into memory that two threads share', async () => {
    const path = join(folder, 'bytes');
    await writeFile(
      path,
      Uint8Array.from({ length: 300 }, (_, at) => at % 251),
    );
    const shared = new Uint8Array(new SharedArrayBuffer(256), 56, 200);
    const file = await open(path);
    const source = new FileSource(file);
    expect(await source.read(shared)).toBe(200);
    expect([shared[0], shared[199]]).toEqual([0, 199]);
    expect(await source.read(shared)).toBe(100);
    expect([shared[0], shared[99], shared[100]]).toEqual([200, 299 % 251, 100]);
    await file.close();
  });

  it('are read from a stream however they are cut, and what there is at its end', async () => {
    const stream = new PassThrough();
    const source = new StreamSource(stream);
    const into = new Uint8Array(10);
    const reading = source.read(into);
    for (const part of [[1, 2, 3], [4], [5, 6, 7, 8, 9, 10, 11], [12]]) stream.write(Uint8Array.from(part));
    expect(await reading).toBe(10);
    expect([...into]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    stream.end();
    expect(await source.read(into)).toBe(2);
    expect([...into.subarray(0, 2)]).toEqual([11, 12]);
    expect(await source.read(into)).toBe(0);
  });

  it('end when the stream is destroyed under a read', async () => {
    const stream = new PassThrough();
    const reading = new StreamSource(stream).read(new Uint8Array(10));
    stream.destroy();
    expect(await reading).toBe(0);
  });
});

describe('a recording', () => {
  it.each([
    ['is a text file', 'note.jpg', 'dear diary\n'],
    ['is empty', 'none.mp4', ''],
    ['is cut before its first frame', 'cut.png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
  ])('that %s is refused in one line that names it', async (_, name, content) => {
    const path = join(folder, name);
    await writeFile(path, content, 'latin1');
    await expect(readStill(path)).rejects.toMatchObject({
      code: 'MEDIA_UNREADABLE',
      message: expect.stringMatching(new RegExp(`^[^\\n]*${name}[^\\n]*$`)),
    });
  });

  it.each(['folder.y4m', 'folder.mp4'])('that is a folder (%s) is refused', async (name) => {
    await mkdir(join(folder, name));
    await expect(openRecording(join(folder, name))).rejects.toMatchObject({ name: 'LintelError' });
  });

  it('leaves no program running when it is closed before its end', async () => {
    const path = join(folder, 'long.mkv');
    const layout = new I420Layout(320, 240);
    const file = await VideoFile.create(path, layout, 25);
    for (let frame = 0; frame < 40; frame++) {
      await file.write(layout.view(new Uint8Array(layout.byteLength).fill(100)));
    }
    await file.finish();
    const recording = await openRecording(path);
    await recording.reader.read(new Uint8Array(layout.byteLength));
    expect(await programsReading(path)).toBe(1);
    await recording.close();
    expect(await programsReading(path)).toBe(0);
  });

  it('says what to install when there is no ffmpeg', async () => {
    const path = join(folder, 'note.jpg');
    await writeFile(path, 'x');
    vi.stubEnv('PATH', folder);
    await expect(openRecording(path)).rejects.toMatchObject({ code: 'FFMPEG_MISSING' });
  });
});

async function programsReading(path: string): Promise<number> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return lines.filter((line) => line.startsWith('ffmpeg') && line.includes(path)).length;
}
