import { people } from './people.ts';

/** Who walks where and when in the demonstration clip. Time is circular, so that the clip can be looped. */
export const WIDTH = 1280;
export const HEIGHT = 720;
export const FRAMES_PER_SECOND = 25;
export const FRAMES = 30 * FRAMES_PER_SECOND;
/** Whoever passes this column has crossed; left to right is in. */
export const LINE_X = WIDTH / 2;
/** The upper edge of the low wall along the middle of the hall, which hides what is below it and behind. */
export const WALL_Y = 288;

export type Direction = 'in' | 'out';

export interface Walker {
  /** Index into the people. */
  readonly person: number;
  readonly direction: Direction;
  /** The frame in which the middle of the face passes the line. */
  readonly crossingFrame: number;
  /** Height of the face, and how high up its middle is carried, in pixels. */
  readonly faceHeight: number;
  readonly faceY: number;
}

/** A face is some 0.23 m high and is carried along at some 1.4 m/s. */
const FACE_HEIGHTS_PER_SECOND = 1.4 / 0.23;
/** People go in behind the low wall and come out in front of it, so that nobody hides a face. */
const LANES = {
  in: { faceHeight: 66, bottom: WALL_Y },
  out: { faceHeight: 112, bottom: HEIGHT },
} as const;
/** How far above the lower end of what is seen of a person the face is carried, in face heights. */
const CARRIED = 1.9;
const GROUPS = 20;
const PAIRS = [1, 4, 6, 9, 11, 14, 16, 17];
/** Steps a second, and how far they lift a face, in face heights. */
const STEPS_PER_SECOND = 1.9;
const BOB = 0.035;

/** 28 walkers in 20 groups, one group every second and a half, alternately in and out. */
export function walkers(): Walker[] {
  const all: Walker[] = [];
  for (let group = 0; group < GROUPS; group++) {
    const direction = group % 2 === 0 ? 'in' : 'out';
    const lane = LANES[direction];
    const size = PAIRS.includes(group) ? 2 : 1;
    for (let member = 0; member < size; member++) {
      const scale = 0.85 + 0.3 * (((group * 7 + member * 3) % 10) / 9);
      const faceHeight = Math.round(lane.faceHeight * scale);
      // The second of two who walk side by side is half a step behind and a little nearer.
      const behindSeconds = (member * 1.9) / FACE_HEIGHTS_PER_SECOND;
      all.push({
        person: (group + Math.floor((group * 2) / GROUPS) + member * 5) % people.length,
        direction,
        crossingFrame: Math.round(((group + 0.5) * 1.5 + behindSeconds) * FRAMES_PER_SECOND),
        faceHeight,
        faceY: Math.round(lane.bottom - (CARRIED - member * 0.15) * faceHeight),
      });
    }
  }
  return all;
}

/** Where the middle of the walker's face is in a frame. Everybody in a lane walks at the same speed. */
export function facePosition(walker: Walker, frame: number): { x: number; y: number } {
  const half = FRAMES / 2;
  const since = ((frame - walker.crossingFrame + half + FRAMES) % FRAMES) - half;
  const seconds = since / FRAMES_PER_SECOND;
  const way = walker.direction === 'in' ? 1 : -1;
  const lift = Math.abs(Math.sin(Math.PI * STEPS_PER_SECOND * seconds)) * BOB * walker.faceHeight;
  return {
    x: LINE_X + way * seconds * FACE_HEIGHTS_PER_SECOND * LANES[walker.direction].faceHeight,
    y: walker.faceY - lift,
  };
}

/** The row from which on a walker is hidden. */
export function hiddenFrom(walker: Walker): number {
  return LANES[walker.direction].bottom;
}
