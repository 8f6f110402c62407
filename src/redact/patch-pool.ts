import type { I420Frame } from '../frame/i420.ts';
import { CoverPatch, takePatch } from './cover-patch.ts';
import type { Region } from './region.ts';

/**
 * The patches of the tracks that are under way. Invariant: a track's patch is taken once, from the first frame it
 * is asked for with, and never again while the track lives, so that many frames tell no more of a face than one
 * (promise P4); it is wiped when the track ends, and its memory is used again.
 */
export class PatchPool {
  readonly #held = new Map<number, CoverPatch>();
  readonly #blank: CoverPatch[] = [];

  /** The patch of `trackId`; `frame` and `region` are looked at only when the track has none yet. */
  patchOf(trackId: number, frame: I420Frame, region: Readonly<Region>): CoverPatch {
    const held = this.#held.get(trackId);
    if (held) return held;
    const patch = this.#blank.pop() ?? new CoverPatch();
    takePatch(frame, region, patch);
    this.#held.set(trackId, patch);
    return patch;
  }

  /** The track is over: its face is forgotten. */
  end(trackId: number): void {
    const patch = this.#held.get(trackId);
    if (!patch) return;
    this.#held.delete(trackId);
    patch.wipe();
    this.#blank.push(patch);
  }

  /** All tracks are over: the sensor was closed. */
  endAll(): void {
    for (const trackId of this.#held.keys()) this.end(trackId);
  }
}
