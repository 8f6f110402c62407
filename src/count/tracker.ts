import type { Box } from '../geometry/box.ts';
import { DetectionList } from '../geometry/detection-list.ts';
import { Assignment } from './assignment.ts';
import { leaderOf } from './leader.ts';
import { LeftBehind } from './left-behind.ts';
import { LiveTrack, type Track } from './live-track.ts';
import { SingleFaces } from './single-faces.ts';

export type { Track } from './live-track.ts';

/** For how long after it was last seen a track is still shown, so that it stays covered, and remembered. */
const SHOWN_SECONDS = 1;
const REMEMBERED_SECONDS = 3;
/** A detection that fits no track better than this begins a new one; see `KalmanBox.misfit`. */
const WORST_MISFIT = 26;
/** By so much worse does a detection that is not countable fit; so of two near a track it gets the surer one. */
const WEAK_HANDICAP = 3;
/**
 * A new person that fits no lost one better than this is somebody else; see `KalmanBox.misfitOf`. With less, more people
 * are lost for good; with more, more are taken for others. Chosen where both are equally many in simulated scenes.
 */
const WORST_MISFIT_OF_PERSON = 67;
/** Of more tracks than a frame can have detections, those longest unseen are given up. */
const MOST_TRACKS = DetectionList.CAPACITY;

/**
 * Follows faces by their boxes alone: predicted by a Kalman filter and paired at least cost (SORT, Bewley et al. 2016),
 * with weak detections too (ByteTrack, Zhang et al. 2022). Unlike in ByteTrack, both are paired at once, the weak ones
 * under a handicap, since a weak detection of a nearer face would else lose its track to the countable one of a face
 * that comes out from behind; and a weak one that fits no track begins one, since it has to be covered. A person lost for longer is found again only by
 * a track that has proved to be a person, so that a single false box cannot lead a lost track astray.
 *
 * Invariants:
 * - Every detection of a frame is the box of exactly one seen track of that frame.
 * - Where a face was last believed to be, a track is shown for a second after it was last seen. A track that goes on
 *   elsewhere leaves one behind, see `LeftBehind`.
 */
export class Tracker {
  readonly #tracks: LiveTrack[] = [];
  readonly #left = new LeftBehind(SHOWN_SECONDS, MOST_TRACKS);
  readonly #shown: LiveTrack[] = [];
  readonly #remembered: LiveTrack[] = [];
  /** The tracks that proved to be a person in this frame. */
  readonly #proved: LiveTrack[] = [];
  readonly #single = new SingleFaces();
  readonly #pairs = new Assignment(DetectionList.CAPACITY, MOST_TRACKS);
  readonly #box: Box = { x: 0, y: 0, width: 0, height: 0 };

  /**
   * Advances by one frame.
   * @param elapsedSeconds since the frame before
   * @returns the live tracks, oldest first, with those unseen for up to a second; good until the next call
   */
  update(detections: DetectionList, elapsedSeconds: number): readonly Track[] {
    if (!(elapsedSeconds >= 0)) throw new RangeError(`${elapsedSeconds} seconds cannot have passed`);
    for (const track of this.#tracks) track.advance(elapsedSeconds);
    this.#left.advance(elapsedSeconds);
    this.#dropLost();
    this.#single.find(detections);
    this.#proved.length = 0;
    this.#pair(detections);
    // Only now is it known who is still lost: a person seen in this very frame goes on as nobody else.
    for (const newcomer of this.#proved) this.#findAgain(newcomer);
    for (const track of this.#tracks) if (track.isNew) track.leader = leaderOf(track, this.#tracks);
    this.#tell();
    return this.#shown;
  }

  /** Every track that is remembered, shown or not; good until the next call of `update`. */
  get remembered(): readonly Track[] {
    return this.#remembered;
  }

  /** Forgets every track: the sensor was closed. */
  reset(): void {
    this.#tracks.length = 0;
    this.#left.reset();
    this.#shown.length = 0;
    this.#remembered.length = 0;
    this.#proved.length = 0;
  }

  /** Pairs every detection with a track, or begins one for it. */
  #pair(detections: DetectionList): void {
    const rows = detections.length;
    const columns = this.#tracks.length;
    this.#pairs.begin(columns);
    for (let row = 0; row < rows; row++) {
      detections.readBox(row, this.#box);
      const handicap = this.#single.countable(row) ? 0 : WEAK_HANDICAP;
      for (let column = 0; column < columns; column++) {
        this.#pairs.setCost(row, column, this.#tracks[column]!.misfit(this.#box) + handicap);
      }
    }
    this.#pairs.solve(rows, WORST_MISFIT);
    for (let row = 0; row < rows; row++) {
      detections.readBox(row, this.#box);
      const column = this.#pairs.columnOf[row]!;
      const countable = this.#single.countable(row);
      if (column < 0) this.#tracks.push(new LiveTrack(this.#box, countable));
      else this.#see(this.#tracks[column]!, countable);
    }
  }

  #see(track: LiveTrack, countable: boolean): void {
    const wasCountable = track.countable;
    this.#left.leave(track, this.#box);
    track.see(this.#box, countable);
    if (track.countable && !wasCountable) this.#proved.push(track);
  }

  /** Lets the lost person that `newcomer` fits best, if any, go on as the newcomer. */
  #findAgain(newcomer: LiveTrack): void {
    let best: LiveTrack | undefined;
    let least = WORST_MISFIT_OF_PERSON;
    for (const track of this.#tracks) {
      if (!track.countable || track === newcomer || track.unseenSeconds < newcomer.ageSeconds) continue;
      const misfit = track.misfitOf(newcomer);
      if (misfit >= least) continue;
      least = misfit;
      best = track;
    }
    if (!best) return;
    this.#left.leave(best, newcomer.box);
    best.rejoin(newcomer);
  }

  /** Says which tracks are shown, and which are remembered. */
  #tell(): void {
    this.#shown.length = 0;
    this.#remembered.length = 0;
    for (const tracks of [this.#tracks, this.#left.tracks]) {
      for (const track of tracks) {
        this.#remembered.push(track);
        if (!track.merged && track.unseenSeconds <= SHOWN_SECONDS) this.#shown.push(track);
      }
    }
  }

  #dropLost(): void {
    this.#dropUnseen(REMEMBERED_SECONDS);
    while (this.#tracks.length > MOST_TRACKS) {
      let longest = 0;
      for (const track of this.#tracks) longest = Math.max(longest, track.unseenSeconds);
      this.#dropUnseen(longest * (1 - Number.EPSILON));
    }
  }

  /** Drops the tracks unseen for more than `seconds`, and those that go on as others. */
  #dropUnseen(seconds: number): void {
    const isKept = (track: LiveTrack): boolean => !track.merged && track.unseenSeconds <= seconds;
    let kept = 0;
    for (const track of this.#tracks) {
      // Else every track would keep the one before it, and that the one before.
      if (track.leader && !isKept(track.leader)) track.leader = undefined;
      if (isKept(track)) this.#tracks[kept++] = track;
    }
    this.#tracks.length = kept;
  }
}
