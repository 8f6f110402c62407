import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs } from '../sim/line-observer.ts';
import type { Sight } from './door-observer.ts';
import { SETTLED_MS, type WatchedDoor } from './watched-door.ts';

/** What followed a press, on the clock of `monotonicMs`. */
export interface PressSeen {
  readonly pressedMs: number;
  /** When each frame that came after it was seen. */
  readonly framesMs: readonly number[];
  readonly closedMs: number;
  readonly darkMs: number;
  /** Whether the opt-out lay on the disk, and no frame had come since the sensor closed, when the button was let go. */
  readonly kept: boolean;
  /** All presses of the round: two, and more when one to come back went by while nothing got a processor. */
  readonly presses: number;
}

const LONGEST_ROUND = 5;
/** Longer than an emulated door takes from the press to the sign. */
const LIT_MS = 5_000;

/** One press that opts out, at a door that is watched, and one that comes back. */
export async function pressAndComeBack(door: WatchedDoor): Promise<PressSeen> {
  const { observer } = door;
  const framesMs: number[] = [];
  let { frames } = observer.sight;
  const pressedMs = door.press();
  const closed = await observer.until((sight: Sight) => {
    if (sight.frames > frames) framesMs.push(sight.beganMs);
    frames = sight.frames;
    return !sight.sensorOpen;
  });
  const dark = await observer.until(({ sign }) => sign === 0);
  await sleep(Math.max(0, pressedMs + SETTLED_MS - monotonicMs()));
  const kept = door.keptOptOut && observer.sight.frames === closed.frames;
  door.release();
  let presses = 1;
  do {
    await sleep(SETTLED_MS);
    door.press();
    await sleep(SETTLED_MS);
    door.release();
    presses++;
  } while (!(await isLit(door)) && presses < LONGEST_ROUND);
  await door.watching();
  return { pressedMs, framesMs, closedMs: closed.beganMs, darkMs: dark.beganMs, kept, presses };
}

/** Whether a press was noticed, which a person sees by the sign. */
async function isLit({ observer }: WatchedDoor): Promise<boolean> {
  try {
    await observer.until(({ sign }) => sign === 1, LIT_MS);
    return true;
  } catch {
    return false;
  }
}
