import type { Logger } from 'pino';
import type { RateCause } from '../src/loop/frame-rate.ts';
import type { Clock } from '../src/time/clock.ts';

/** The rate may follow how many faces there are to cover, and no log is to tell that to the minute (promise P6). */
const TOLD_MS = 3_600_000;

const ADVICE: Readonly<Record<RateCause, string>> = {
  load: 'the camera is slowed down for a while: ask fewer frames of it, or a smaller picture, or take the profile near',
  heat: 'the camera is slowed down for a while, since the processor is hot: see that it is cooled',
};

/** Tells the log that the camera was slowed down, at most once an hour. */
export function rateLog(log: Logger, clock: Clock): (framesPerSecond: number, cause: RateCause) => void {
  let toldMs = Number.NEGATIVE_INFINITY;
  return (framesPerSecond, cause) => {
    const nowMs = clock.monotonicMs();
    if (nowMs - toldMs < TOLD_MS) return;
    toldMs = nowMs;
    log.warn({ framesPerSecond, cause }, ADVICE[cause]);
  };
}
