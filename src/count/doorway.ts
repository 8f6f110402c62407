import { AreaGate, type DoorwayAreas } from './area-gate.ts';
import type { Gate } from './gate.ts';
import { type DoorwayLine, LineGate } from './line-gate.ts';
import { Passage } from './passage.ts';
import type { Track } from './tracker.ts';

export type { DoorwayAreas } from './area-gate.ts';
export type { DoorwayLine } from './line-gate.ts';

export type Direction = 'in' | 'out';

/**
 * Counts tracks that go through a doorway: once from clearly one side to clearly the other. A face that stands in it, or
 * turns back in it, or walks round it, is not counted. Somebody who was hidden all the way by the one before them is
 * counted as they come out from behind, see `Passage`.
 */
export class Doorway {
  readonly #gate: Gate;
  readonly #passages = new WeakMap<Track, Passage>();
  readonly #crossings = { in: 0, out: 0 };

  /** @throws LintelError DOORWAY when it cannot be gone through */
  constructor(doorway: DoorwayLine | DoorwayAreas, frameWidth: number, frameHeight: number) {
    this.#gate =
      'inArea' in doorway
        ? new AreaGate(doorway, frameWidth, frameHeight)
        : new LineGate(doorway, frameWidth, frameHeight);
  }

  /**
   * To be called once for each frame, with every live track.
   * @returns the crossings that are certain since this frame, in an object that is used again
   */
  crossings(tracks: readonly Track[]): Readonly<Record<Direction, number>> {
    this.#crossings.in = 0;
    this.#crossings.out = 0;
    for (const track of tracks) {
      // Where a face is only believed to be is no proof that it went there.
      if (track.seen) this.#follow(track);
      else this.#passages.get(track)?.miss();
    }
    return this.#crossings;
  }

  #follow(track: Track): void {
    const x = track.box.x + track.box.width / 2;
    const y = track.box.y + track.box.height / 2;
    const size = Math.sqrt(track.box.width * track.box.height);
    let passage = this.#passages.get(track);
    // Until a track has proved to be a person, what was there before a gap may have been somebody else.
    if (!passage || (passage.interrupted && !track.countable)) {
      passage = new Passage(this.#gate, x, y);
      this.#passages.set(track, passage);
    }
    passage.move(x, y, size);
    const leader = track.leader && this.#passages.get(track.leader);
    if (leader) passage.follow(leader, size);
    if (!track.countable) return;
    if (passage.owed > 0) this.#crossings.in += passage.owed;
    else this.#crossings.out -= passage.owed;
    passage.owed = 0;
  }
}
