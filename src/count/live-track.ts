import type { Box } from '../geometry/box.ts';
import { KalmanBox } from './kalman-box.ts';

/** A face followed from frame to frame. One object for the whole of its life, changed by each frame. */
export interface Track {
  /** Never used twice in a process's life, but by a track and those that it left behind, see `LeftBehind`. */
  readonly id: number;
  /** Where it was detected, if seen in this frame; else where it is believed to be. */
  readonly box: Readonly<Box>;
  /** Whether it was detected in this frame. */
  readonly seen: boolean;
  /** How long ago it was last seen, 0 when seen. */
  readonly unseenSeconds: number;
  /** Whether it has been detected well enough and often enough to be counted as a person. */
  readonly countable: boolean;
  /** The person from behind whom it came when first seen, if that is how it may have been; see `leaderOf`. */
  readonly leader: Track | undefined;
}

/** Countable detections that make a person, with at most so many frames missed between two (SORT asks for three). */
const DETECTIONS_TO_COUNT = 3;
const MISSES_ALLOWED = 1;

/** A track as its `Tracker` sees it. */
export class LiveTrack implements Track {
  static #lastId = 0;

  readonly id: number;
  readonly box: Box;
  seen = true;
  unseenSeconds = 0;
  ageSeconds = 0;
  countable = false;
  /** Goes on as an older track, see `rejoin`. */
  merged = false;
  /** Whether nothing before this frame tells whose face it is. */
  isNew = true;
  leader: LiveTrack | undefined;
  #motion: KalmanBox;
  #detections: number;
  #misses = 0;

  constructor(box: Readonly<Box>, countable: boolean, id = ++LiveTrack.#lastId) {
    this.id = id;
    this.box = { ...box };
    this.#motion = new KalmanBox(box);
    this.#detections = countable ? 1 : 0;
  }

  /** Lets a frame of `seconds` pass; the track is unseen in the new one until `see`. */
  advance(seconds: number): void {
    this.#misses = this.seen ? 0 : this.#misses + 1;
    this.isNew = false;
    this.#motion.predict(seconds);
    this.#motion.read(this.box);
    this.seen = false;
    this.unseenSeconds += seconds;
    this.ageSeconds += seconds;
  }

  /** See `KalmanBox.misfit`. */
  misfit(box: Readonly<Box>): number {
    return this.#motion.misfit(box);
  }

  /** See `KalmanBox.misfitOf`. */
  misfitOf(later: LiveTrack): number {
    return this.#motion.misfitOf(later.#motion);
  }

  see(box: Readonly<Box>, countable: boolean): void {
    this.#motion.correct(box);
    this.#appear(box);
    if (this.#misses > MISSES_ALLOWED) {
      this.#detections = 0;
      this.isNew = !this.countable;
    }
    if (countable && ++this.#detections === DETECTIONS_TO_COUNT) this.countable = true;
  }

  /** Goes on where `later` is, which proved to be the same face and ends here. */
  rejoin(later: LiveTrack): void {
    this.#motion = later.#motion;
    this.#appear(later.box);
    later.merged = true;
  }

  /** What goes on, unseen, where this track is now believed to be. */
  leaveBehind(): LiveTrack {
    const left = new LiveTrack(this.box, false, this.id);
    left.#motion = this.#motion.copy();
    left.seen = false;
    left.unseenSeconds = this.unseenSeconds;
    return left;
  }

  #appear(box: Readonly<Box>): void {
    this.box.x = box.x;
    this.box.y = box.y;
    this.box.width = box.width;
    this.box.height = box.height;
    this.seen = true;
    this.unseenSeconds = 0;
  }
}
