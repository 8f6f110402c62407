import { type FileHandle, open } from 'node:fs/promises';
import { Y4mReader } from '../../src/frame/y4m-reader.ts';
import { LintelError } from '../../src/lintel-error.ts';
import { Ffmpeg } from './ffmpeg.ts';
import { Fifo } from './fifo.ts';
import { FileSource } from './file-source.ts';
import { isPicture } from './video-file.ts';

/** A recording that is being read: Y4M by this project itself, everything else through ffmpeg. */
export interface Recording {
  readonly reader: Y4mReader;
  /** After the last frame: whether it was the last one because all was read. @throws LintelError MEDIA_UNREADABLE */
  finished(): Promise<void>;
  /** Resolves when the file is closed, or ffmpeg is gone. */
  close(): Promise<void>;
}

/** Makes every picture I420 with BT.601 coefficients and limited range, which is what the sampler takes it for. */
export const TO_I420 =
  'scale=out_color_matrix=bt601:out_range=limited:flags=accurate_rnd+full_chroma_int,format=yuv420p';

/** Of a damaged picture, ffmpeg makes up what is missing; a face may be in that part. */
const WHOLE_ONLY = ['-xerror', '-err_detect', 'explode'];

/**
 * @param ending has ffmpeg give up, which may take for ever to open a file; once it is open, `close` does
 * @throws LintelError MEDIA_MISSING, MEDIA_UNREADABLE, FFMPEG_MISSING, Y4M_..., FRAME_SIZE
 */
export async function openRecording(path: string, ending?: AbortSignal): Promise<Recording> {
  const file = await openFile(path);
  if (path.toLowerCase().endsWith('.y4m')) return openY4m(path, file);
  await file.close();
  return openThroughFfmpeg(path, ending);
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? `there is no file ${path}` : `cannot open ${path} (${code})`;
    throw new LintelError('MEDIA_MISSING', `${reason}: name a video or a picture that can be read`, cause);
  }
}

async function openY4m(path: string, file: FileHandle): Promise<Recording> {
  try {
    if ((await file.stat()).isDirectory()) {
      throw new LintelError('MEDIA_UNREADABLE', `${path} is a folder: name a file`);
    }
    const reader = await Y4mReader.open(new FileSource(file));
    const close = async (): Promise<void> => {
      await file.close();
      reader.wipe();
    };
    return { reader, finished: async () => {}, close };
  } catch (error) {
    await file.close();
    throw naming(path, error);
  }
}

async function openThroughFfmpeg(path: string, ending?: AbortSignal): Promise<Recording> {
  const fifo = await Fifo.make();
  const careful = isPicture(path) ? WHOLE_ONLY : [];
  const args = ['-i', `file:${path}`, '-map', '0:v:0', '-vf', TO_I420, '-f', 'yuv4mpegpipe'];
  const ffmpeg = new Ffmpeg(path, [...careful, ...args, '-y', fifo.path], 'none');
  const giveUp = () => void ffmpeg.kill();
  ending?.addEventListener('abort', giveUp);
  if (ending?.aborted) giveUp();
  const frames = await fifo.openForReading(ffmpeg.gone);
  // Both ends are open: without a name, nothing is left of it even if this process is killed.
  await fifo.remove();
  let reader: Y4mReader | undefined;
  const close = async (): Promise<void> => {
    // First the program: a read that waits for it comes back when it is gone.
    await ffmpeg.kill();
    await frames.close();
    reader?.wipe();
  };
  try {
    reader = await Y4mReader.open(new FileSource(frames));
    return { reader, finished: () => ffmpeg.finished(), close };
  } catch (error) {
    const notY4m = error instanceof LintelError && error.code === 'Y4M_NOT_Y4M';
    try {
      // Then ffmpeg itself has ended, and knows why.
      if (notY4m) await ffmpeg.finished();
    } finally {
      await close();
    }
    throw notY4m
      ? new LintelError('MEDIA_UNREADABLE', `${path} holds no picture that ffmpeg can read`)
      : naming(path, error);
  } finally {
    ending?.removeEventListener('abort', giveUp);
  }
}

/** The error, with the file named that it is about. */
export function naming(path: string, error: unknown): unknown {
  if (!(error instanceof LintelError) || error.message.includes(path)) return error;
  return new LintelError(error.code, `${path}: ${error.message}`, error);
}
