import type { I420Frame } from '../../src/frame/i420.ts';
import { LintelError } from '../../src/lintel-error.ts';
import { naming, openRecording } from './recording.ts';

/** Reads a picture (or the first frame of a video). @throws LintelError MEDIA_..., Y4M_..., FRAME_SIZE */
export async function readStill(path: string): Promise<I420Frame> {
  const recording = await openRecording(path);
  try {
    const { layout } = recording.reader.header;
    const bytes = new Uint8Array(layout.byteLength);
    if (!(await recording.reader.read(bytes))) {
      await recording.finished();
      throw new LintelError('MEDIA_UNREADABLE', `${path} holds no picture`);
    }
    return layout.view(bytes);
  } catch (error) {
    throw naming(path, error);
  } finally {
    await recording.close();
  }
}
