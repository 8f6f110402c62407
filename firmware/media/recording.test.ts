import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { I420Layout } from '../../src/frame/i420.ts';
import { Fifo } from './fifo.ts';
import { FileSource } from './file-source.ts';
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

  it('are read from a named pipe in the pieces that its writer makes, until the writer is gone', async () => {
    const fifo = await Fifo.make();
    const writer = spawn('sh', ['-c', `(printf 123; sleep 0.1; printf 45678; printf 9abc) > ${fifo.path}`]);
    const file = await fifo.openForReading(once(writer, 'exit'));
    const into = new Uint8Array(10);
    expect(await new FileSource(file).read(into)).toBe(10);
    expect(Buffer.from(into).toString()).toBe('123456789a');
    expect(await new FileSource(file).read(into)).toBe(2);
    await file.close();
    await fifo.remove();
  });

  it('are none when the writer of a named pipe ends without opening it', async () => {
    const fifo = await Fifo.make();
    const file = await fifo.openForReading(once(spawn('true'), 'exit'));
    expect(await new FileSource(file).read(new Uint8Array(10))).toBe(0);
    await file.close();
    await fifo.remove();
    await expect(stat(dirname(fifo.path))).rejects.toMatchObject({ code: 'ENOENT' });
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

  it('of which a part is missing is not taken for a whole one', async () => {
    const path = join(folder, 'clip.mkv');
    await writeGrey(path, 40);
    await truncate(path, Math.floor((await stat(path)).size * 0.9));
    const recording = await openRecording(path);
    const frame = new Uint8Array(recording.reader.header.layout.byteLength);
    while (await recording.reader.read(frame));
    await expect(recording.finished()).rejects.toMatchObject({
      code: 'MEDIA_UNREADABLE',
      message: expect.stringContaining(`${path} is no video or picture, or is damaged (ffmpeg: `),
    });
    await recording.close();
  });

  it('that is a picture cut short is refused, not filled up with grey', async () => {
    const path = join(folder, 'cut.jpg');
    await writeGrey(path, 1);
    await truncate(path, (await stat(path)).size - 50);
    await expect(readStill(path)).rejects.toMatchObject({ code: 'MEDIA_UNREADABLE' });
  });

  it('in Y4M is named when it is cut in mid-frame', async () => {
    const path = join(folder, 'cut.y4m');
    await writeGrey(path, 1);
    await truncate(path, (await stat(path)).size - 1);
    await expect(readStill(path)).rejects.toMatchObject({ message: expect.stringContaining(`${path}: `) });
  });

  it.each(['folder.y4m', 'folder.mp4'])('that is a folder (%s) is refused', async (name) => {
    await mkdir(join(folder, name));
    await expect(openRecording(join(folder, name))).rejects.toMatchObject({ name: 'LintelError' });
  });

  it('has no file but its own while it is read, and leaves no program running when it is closed before its end', async () => {
    const path = join(folder, 'long.mkv');
    await writeGrey(path, 40);
    vi.stubEnv('TMPDIR', folder);
    const recording = await openRecording(path);
    await recording.reader.read(new Uint8Array(recording.reader.header.layout.byteLength));
    expect(await programsReading(path)).toBe(1);
    expect(await readdir(folder)).toEqual(['long.mkv']);
    await recording.close();
    expect(await programsReading(path)).toBe(0);
  });

  it('says what to install when there is no ffmpeg', async () => {
    const path = join(folder, 'note.jpg');
    await writeFile(path, 'x');
    // What makes the pipe is part of every Debian.
    await symlink('/usr/bin/mkfifo', join(folder, 'mkfifo'));
    vi.stubEnv('PATH', folder);
    await expect(openRecording(path)).rejects.toMatchObject({ code: 'FFMPEG_MISSING' });
  });
});

async function writeGrey(path: string, frames: number): Promise<void> {
  const layout = new I420Layout(320, 240);
  const file = await VideoFile.create(path, layout, 25);
  for (let frame = 0; frame < frames; frame++) {
    await file.write(layout.view(new Uint8Array(layout.byteLength).fill(100)));
  }
  await file.finish();
}

async function programsReading(path: string): Promise<number> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return lines.filter((line) => line.startsWith('ffmpeg') && line.includes(path)).length;
}
