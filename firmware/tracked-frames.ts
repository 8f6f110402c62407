import { stat } from 'node:fs/promises';
import { type Track, Tracker } from '../src/count/tracker.ts';
import { FaceDetector } from '../src/detect/detector.ts';
import { preflight } from '../src/detect/preflight.ts';
import type { ProfileName } from '../src/detect/profile.ts';
import type { I420Frame, I420Layout } from '../src/frame/i420.ts';
import { DetectionList } from '../src/geometry/detection-list.ts';
import type { Polygon } from '../src/geometry/polygon.ts';
import { LintelError } from '../src/lintel-error.ts';
import { OutsideCover } from '../src/redact/outside-cover.ts';
import { naming, openRecording, type Recording } from './media/recording.ts';

export interface TrackedFrame {
  /** Of the recording, from 0 on. */
  readonly number: number;
  /** Its faces are uncovered; good until the next one is asked for. */
  readonly frame: I420Frame;
  readonly tracks: readonly Track[];
  readonly remembered: readonly Track[];
}

/** The frames of a recording, each looked at. */
export interface TrackedFrames {
  readonly layout: I420Layout;
  readonly framesPerSecond: number;
  /** Every frame from `first` on, once. @throws LintelError when one cannot be read or looked at */
  from(first: number): AsyncGenerator<TrackedFrame>;
  close(): Promise<void>;
}

/**
 * Opens a recording, and never a camera: exact crossings are for checking accuracy, not for watching people.
 * @throws LintelError USAGE for whatever is no regular file, MEDIA_..., MODEL_...
 */
export async function openTracked(
  file: string,
  options: { profile: ProfileName; modelsDir: string; area?: Polygon },
): Promise<TrackedFrames> {
  const { profile, modelsDir, area = [] } = options;
  await refuseCamera(file);
  const recording = await openRecording(file);
  try {
    await preflight({ profile, modelsDir });
    const { layout, framesPerSecond } = recording.reader.header;
    const outside = area.length > 0 ? new OutsideCover(area, layout) : undefined;
    const detector = await FaceDetector.open({ profile, modelsDir, layout });
    return {
      layout,
      framesPerSecond,
      from: (first) => track(file, recording, outside, detector, first),
      close: async () => {
        await recording.close();
        await detector.close();
      },
    };
  } catch (error) {
    await recording.close();
    throw error;
  }
}

async function refuseCamera(file: string): Promise<void> {
  // What is not there is told of by whoever opens it.
  const found = await stat(file).catch(() => undefined);
  if (!found || found.isFile() || found.isDirectory()) return;
  throw new LintelError('USAGE', `${file} is no recorded file: exact crossings are told of recordings only`);
}

async function* track(
  file: string,
  { reader, finished }: Recording,
  outside: OutsideCover | undefined,
  detector: FaceDetector,
  first: number,
): AsyncGenerator<TrackedFrame> {
  const { layout, framesPerSecond } = reader.header;
  const bytes = new Uint8Array(layout.byteLength);
  const frame = layout.view(bytes);
  const detections = new DetectionList();
  const tracker = new Tracker();
  try {
    for (let number = 0; await reader.read(bytes); number++) {
      if (number < first) continue;
      outside?.cover(frame);
      await detector.detect(frame, detections);
      const tracks = tracker.update(detections, number === first ? 0 : 1 / framesPerSecond);
      yield { number, frame, tracks, remembered: tracker.remembered };
    }
    await finished();
  } catch (error) {
    throw naming(file, error);
  }
}
