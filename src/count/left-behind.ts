import type { Box } from '../geometry/box.ts';
import type { LiveTrack } from './live-track.ts';

/**
 * Where faces were lost whose tracks went on elsewhere. Such a track may have been given another's face, while its own is
 * still there and only not detected: so the place stays covered. These tracks are never paired, and nobody is counted by them.
 */
export class LeftBehind {
  readonly #tracks: LiveTrack[] = [];
  readonly #seconds: number;
  readonly #most: number;

  /** @param seconds for how long after its face was last seen a track is kept; of more than `most` the newest are kept */
  constructor(seconds: number, most: number) {
    this.#seconds = seconds;
    this.#most = most;
  }

  /** Oldest first. */
  get tracks(): readonly LiveTrack[] {
    return this.#tracks;
  }

  advance(elapsedSeconds: number): void {
    let kept = 0;
    for (const track of this.#tracks) {
      track.advance(elapsedSeconds);
      if (track.unseenSeconds <= this.#seconds) this.#tracks[kept++] = track;
    }
    this.#tracks.length = kept;
  }

  /** `track`, not seen yet in this frame, is about to go on at `box`. */
  leave(track: LiveTrack, box: Readonly<Box>): void {
    if (track.unseenSeconds > this.#seconds || isCovered(track.box, box)) return;
    this.#tracks.push(track.leaveBehind());
    if (this.#tracks.length > this.#most) this.#tracks.shift();
  }

  reset(): void {
    this.#tracks.length = 0;
  }
}

/** Whether `box` lies within `other` and half its size around it, of which its cover hides the most. */
function isCovered(box: Readonly<Box>, other: Readonly<Box>): boolean {
  const x = Math.abs(other.x + other.width / 2 - box.x - box.width / 2);
  const y = Math.abs(other.y + other.height / 2 - box.y - box.height / 2);
  return x + box.width / 2 <= other.width && y + box.height / 2 <= other.height;
}
