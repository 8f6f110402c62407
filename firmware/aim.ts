import { Doorway, type DoorwayAreas, type DoorwayLine } from '../src/count/doorway.ts';
import type { ProfileName } from '../src/detect/profile.ts';
import type { I420Frame } from '../src/frame/i420.ts';
import type { Polygon } from '../src/geometry/polygon.ts';
import { LintelError } from '../src/lintel-error.ts';
import { FaceCovers } from '../src/loop/face-covers.ts';
import { drawDoorway } from './doorway-drawing.ts';
import { refuseSameFile } from './media/same-file.ts';
import { isPicture, VideoFile } from './media/video-file.ts';
import { openTracked, type TrackedFrames } from './tracked-frames.ts';

export interface Aim {
  readonly file: string;
  readonly frame: number;
  readonly width: number;
  readonly height: number;
  /** As it was given, and its points in pixels. */
  readonly doorway: DoorwayLine | DoorwayAreas;
  readonly pixels: Readonly<Record<string, readonly (readonly [x: number, y: number])[]>>;
  readonly covers: number;
}

export interface AimOptions {
  readonly doorway: DoorwayLine | DoorwayAreas;
  /** What is looked at; all of the picture without. */
  readonly area?: Polygon;
  readonly profile: ProfileName;
  readonly modelsDir: string;
  /** Seconds from the recording's beginning. */
  readonly atSeconds: number;
  /** Where the picture goes; without, only the numbers are told. */
  readonly out?: string;
}

/** Faces are followed for so long before the frame that is kept, so that one that is missed in it is covered too. */
const LEAD_SECONDS = 1;

/**
 * Takes one frame of a recording, covers every face in it, and draws the doorway over it. A picture is written only when
 * all of that was done: whatever fails, none is.
 * @throws LintelError when the recording, the doorway or the place for the picture cannot be used
 */
export async function aim(file: string, options: AimOptions): Promise<Aim> {
  const { doorway, area = [], out } = options;
  if (out !== undefined) {
    if (!isPicture(out))
      throw new LintelError('USAGE', `${out} is no name of a picture: end it in .png or .jpg`);
    await refuseSameFile(file, out);
  }
  const recording = await openTracked(file, options);
  try {
    const { width, height } = recording.layout;
    // Refuses a doorway that nobody could go through.
    new Doorway(doorway, width, height);
    const { number, frame, covers } = await coveredFrame(file, recording, options.atSeconds);
    drawDoorway(frame, doorway, area);
    if (out !== undefined) await write(out, frame);
    const pixels = pixelsOf(doorway, area, width, height);
    return { file, frame: number, width, height, doorway, pixels, covers };
  } finally {
    await recording.close();
  }
}

async function coveredFrame(file: string, recording: TrackedFrames, atSeconds: number) {
  const { layout, framesPerSecond } = recording;
  const wanted = Math.round(atSeconds * framesPerSecond);
  const covers = new FaceCovers(layout, 'solid');
  const first = Math.max(0, wanted - Math.round(LEAD_SECONDS * framesPerSecond));
  for await (const { number, frame, tracks, remembered } of recording.from(first)) {
    if (number < wanted) continue;
    covers.cover(frame, tracks, remembered);
    return { number, frame, covers: tracks.length };
  }
  throw new LintelError('USAGE', `${file} ends before ${atSeconds} s: choose an earlier frame with --at`);
}

async function write(path: string, frame: I420Frame): Promise<void> {
  const picture = await VideoFile.create(path, frame.layout, 1);
  try {
    await picture.write(frame);
  } catch (error) {
    await picture.abandon();
    throw error;
  }
  await picture.finish();
}

function pixelsOf(
  doorway: DoorwayLine | DoorwayAreas,
  area: Polygon,
  width: number,
  height: number,
): Aim['pixels'] {
  const at = (points: readonly (readonly [number, number])[]) =>
    points.map(([x, y]) => [Math.round(x * width), Math.round(y * height)] as const);
  return {
    ...('inArea' in doorway
      ? { inArea: at(doorway.inArea), outArea: at(doorway.outArea) }
      : { line: at([doorway.from, doorway.to]) }),
    ...(area.length > 0 && { area: at(area) }),
  };
}
