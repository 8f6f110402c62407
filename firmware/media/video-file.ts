import { access, type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import type { Writable } from 'node:stream';
import type { I420Frame, I420Layout } from '../../src/frame/i420.ts';
import { packY4mFrame, y4mFrameLength, y4mHeader } from '../../src/frame/y4m-writer.ts';
import { LintelError } from '../../src/lintel-error.ts';
import type { ViewSink } from '../../src/loop/capture-loop.ts';
import { Ffmpeg } from './ffmpeg.ts';

/** Where the bytes of a Y4M stream go. */
interface ByteSink {
  write(bytes: Uint8Array): Promise<void>;
  finish(): Promise<void>;
  abandon(): Promise<void>;
}

const PICTURES = ['.jpg', '.jpeg', '.png', '.webp', '.bmp', '.tif', '.tiff'];
const PICTURE_ARGS = ['-frames:v', '1', '-q:v', '2', '-update', '1'];
/** Files that H.264 goes into; into any other goes what ffmpeg takes for its ending. */
const H264_FILES = ['.mp4', '.m4v', '.mov', '.mkv', '.avi', '.ts'];
const H264_ARGS = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18'];

export function isPicture(path: string): boolean {
  return PICTURES.includes(extname(path).toLowerCase());
}

/**
 * Writes frames to a file: Y4M by this project itself, anything else through ffmpeg. The file appears under its name
 * only when it is whole.
 */
export class VideoFile implements ViewSink {
  readonly #path: string;
  readonly #beside: string;
  readonly #sink: ByteSink;
  readonly #packed: Uint8Array;
  #frames = 0;

  /** @throws LintelError MEDIA_UNWRITABLE, FFMPEG_MISSING */
  static async create(path: string, layout: I420Layout, framesPerSecond: number): Promise<VideoFile> {
    const extension = extname(path);
    await checkPlace(path, extension);
    const beside = `${path.slice(0, path.length - extension.length)}.lintel-part${extension}`;
    const sink =
      extension.toLowerCase() === '.y4m' ? await fileSink(beside) : ffmpegSink(path, beside, layout);
    const file = new VideoFile(path, beside, sink, layout);
    await sink.write(y4mHeader(layout, framesPerSecond));
    return file;
  }

  private constructor(path: string, beside: string, sink: ByteSink, layout: I420Layout) {
    this.#path = path;
    this.#beside = beside;
    this.#sink = sink;
    this.#packed = new Uint8Array(y4mFrameLength(layout));
  }

  /** Resolves when the frame may be overwritten. @throws LintelError MEDIA_UNWRITABLE */
  async write(frame: I420Frame): Promise<void> {
    if (this.#frames++ > 0 && isPicture(this.#path)) {
      throw new LintelError(
        'MEDIA_UNWRITABLE',
        `${this.#path} is a picture, and there is more than one frame: name a video such as out.mp4`,
      );
    }
    packY4mFrame(frame, this.#packed);
    await this.#sink.write(this.#packed);
  }

  /**
   * Gives the whole file its name, or leaves nothing behind.
   * @throws LintelError MEDIA_UNWRITABLE
   */
  async finish(): Promise<void> {
    try {
      await this.#sink.finish();
      await unwritable(this.#path, rename(this.#beside, this.#path));
    } catch (error) {
      await this.abandon();
      throw error;
    }
  }

  /** Leaves nothing behind. */
  async abandon(): Promise<void> {
    await this.#sink.abandon();
    await rm(this.#beside, { force: true });
  }
}

async function checkPlace(path: string, extension: string): Promise<void> {
  if (extension === '') {
    throw new LintelError(
      'MEDIA_UNWRITABLE',
      `cannot write ${path}: its ending must say what it is to be, such as .mp4, .y4m or .png`,
    );
  }
  const folder = dirname(path);
  await access(folder).catch((cause) => {
    throw new LintelError('MEDIA_UNWRITABLE', `cannot write ${path}: there is no folder ${folder}`, cause);
  });
}

async function fileSink(path: string): Promise<ByteSink> {
  const file = await unwritable(path, open(path, 'w', 0o600));
  return {
    write: (bytes) => unwritable(path, writeAll(file, bytes)),
    finish: () => file.close(),
    abandon: () => file.close(),
  };
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.byteLength; ) at += (await file.write(bytes, at)).bytesWritten;
}

function ffmpegSink(path: string, beside: string, layout: I420Layout): ByteSink {
  const args = isPicture(path) ? PICTURE_ARGS : videoArgs(extname(path).toLowerCase(), layout);
  const ffmpeg = new Ffmpeg(
    path,
    ['-y', '-f', 'yuv4mpegpipe', '-i', '-', ...args, `file:${beside}`],
    'stdin',
  );
  const stdin: Writable = ffmpeg.process.stdin!;
  return {
    write: async (bytes) => {
      // Resolved once the pipe has taken the bytes, and not before: they lie in memory that is used again.
      const taken = await new Promise<boolean>((resolve) => stdin.write(bytes, (error) => resolve(!error)));
      if (!taken) await ffmpeg.finished();
    },
    finish: async () => {
      stdin.end();
      await ffmpeg.finished();
    },
    abandon: () => ffmpeg.kill(),
  };
}

/** H.264 gives chroma to two by two pixels only where both sides are even; an odd size is kept by one for each. */
function videoArgs(extension: string, { width, height }: I420Layout): string[] {
  if (!H264_FILES.includes(extension)) return [];
  return [...H264_ARGS, '-pix_fmt', width % 2 === 0 && height % 2 === 0 ? 'yuv420p' : 'yuv444p'];
}

async function unwritable<Result>(path: string, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (cause) {
    throw new LintelError('MEDIA_UNWRITABLE', `cannot write ${path}: ${(cause as Error).message}`, cause);
  }
}
