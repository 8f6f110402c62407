import { type Direction, Doorway, type DoorwayAreas, type DoorwayLine } from '../src/count/doorway.ts';
import type { ProfileName } from '../src/detect/profile.ts';
import type { Polygon } from '../src/geometry/polygon.ts';
import { openTracked } from './tracked-frames.ts';

/** A doorway, and the directions in which people show the camera their faces. */
export interface WatchedDoorway {
  readonly doorway: DoorwayLine | DoorwayAreas;
  readonly faces: readonly Direction[];
  /** What is looked at; all of the picture without. */
  readonly area?: Polygon;
}

export interface CountedFile {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly framesPerSecond: number;
  readonly profile: ProfileName;
  /** Each in the frame, from 0 on, in which it became certain: the face is then half its size past the line. */
  readonly crossings: readonly {
    readonly frame: number;
    readonly seconds: number;
    readonly direction: Direction;
  }[];
  /** Null where nobody shows a face: that is not zero. */
  readonly counts: Readonly<Record<Direction, number | null>>;
}

export interface CountOptions extends WatchedDoorway {
  readonly profile: ProfileName;
  readonly modelsDir: string;
  readonly progress: (frames: number) => void;
  /** The frame to begin with; 0 by default. */
  readonly first?: number;
}

/** Finds the exact crossings of a recorded file. @throws LintelError when it is no file, or cannot be used */
export async function countIn(file: string, options: CountOptions): Promise<CountedFile> {
  const { profile, faces, first = 0 } = options;
  const recording = await openTracked(file, options);
  const crossings: { frame: number; seconds: number; direction: Direction }[] = [];
  let frames = 0;
  try {
    const { layout, framesPerSecond } = recording;
    const doorway = new Doorway(options.doorway, layout.width, layout.height);
    for await (const { number, tracks } of recording.from(first)) {
      const crossed = doorway.crossings(tracks);
      for (const direction of faces) {
        const seconds = Math.round((number / framesPerSecond) * 1_000) / 1_000;
        for (let passed = 0; passed < crossed[direction]; passed++) {
          crossings.push({ frame: number, seconds, direction });
        }
      }
      frames = number + 1;
      options.progress(frames);
    }
    const sum = (direction: Direction) =>
      faces.includes(direction)
        ? crossings.filter((crossing) => crossing.direction === direction).length
        : null;
    const { width, height } = layout;
    return {
      file,
      width,
      height,
      frames,
      framesPerSecond,
      profile,
      crossings,
      counts: { in: sum('in'), out: sum('out') },
    };
  } finally {
    await recording.close();
  }
}
