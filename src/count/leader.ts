import type { Box } from '../geometry/box.ts';
import type { LiveTrack } from './live-track.ts';

/** How far beside a face its head may hide another, in the sizes of the nearer face, to the middle of the one hidden. */
const REACH = 0.9;
/** A nearer face that was not seen for longer is not there any more. */
const LONGEST_UNSEEN_SECONDS = 0.5;

/**
 * The person from behind whose head `newcomer`, seen for the first time, may have come: one with a larger face close beside.
 * Nobody appears out of thin air in the middle of a picture.
 */
export function leaderOf(newcomer: LiveTrack, tracks: readonly LiveTrack[]): LiveTrack | undefined {
  let leader: LiveTrack | undefined;
  let least = 1;
  for (const track of tracks) {
    if (!track.countable || track.merged || track.unseenSeconds > LONGEST_UNSEEN_SECONDS) continue;
    if (area(track.box) <= area(newcomer.box)) continue;
    const away = distance(newcomer.box, track.box);
    if (away >= least) continue;
    least = away;
    leader = track;
  }
  return leader;
}

function area({ width, height }: Box): number {
  return width * height;
}

/** 1 at the end of the reach. */
function distance(box: Box, nearer: Box): number {
  const x = Math.abs(nearer.x + nearer.width / 2 - box.x - box.width / 2);
  const y = Math.abs(nearer.y + nearer.height / 2 - box.y - box.height / 2);
  return Math.max(x / (REACH * nearer.width + box.width / 2), y / (REACH * nearer.height + box.height / 2));
}
