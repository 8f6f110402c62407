import type { Track } from '../count/tracker.ts';
import type { I420Frame, I420Layout } from '../frame/i420.ts';
import type { Box } from '../geometry/box.ts';
import { type CoverStyle, cover } from '../redact/cover.ts';
import { PatchPool } from '../redact/patch-pool.ts';
import { coverRegion, type Region } from '../redact/region.ts';

/** The cover of a track that was not seen grows with the time since, by this much a second, up to twice its size. */
const GROWTH_PER_SECOND = 2;
const MOST_GROWTH = 1;

/** Covers the tracks of each frame, each with the cells that were taken when the track began. */
export class FaceCovers {
  readonly #layout: I420Layout;
  readonly #style: CoverStyle;
  readonly #patches = new PatchPool();
  /** The tracks that have cells. */
  readonly #held: number[] = [];
  readonly #box: Box = { x: 0, y: 0, width: 0, height: 0 };
  readonly #region: Region = { x: 0, y: 0, width: 0, height: 0 };

  constructor(layout: I420Layout, style: CoverStyle) {
    this.#layout = layout;
    this.#style = style;
  }

  /**
   * @param tracks those to cover in this frame
   * @param remembered these, and those that may yet be shown again: they keep their cells (promise P4)
   * @throws RangeError when a track cannot be covered; the frame must then be covered whole
   */
  cover(frame: I420Frame, tracks: readonly Track[], remembered: readonly Track[]): void {
    this.#forgetAllBut(remembered);
    for (const track of tracks) {
      this.#grown(track);
      coverRegion(this.#box, this.#layout, this.#region);
      if (!this.#held.includes(track.id)) this.#held.push(track.id);
      cover(frame, this.#region, this.#patches.patchOf(track.id, frame, this.#region), this.#style);
    }
  }

  /** Forgets every face. */
  forget(): void {
    this.#patches.endAll();
    this.#held.length = 0;
  }

  #forgetAllBut(remembered: readonly Track[]): void {
    let kept = 0;
    for (const id of this.#held) {
      if (isAmong(remembered, id)) this.#held[kept++] = id;
      else this.#patches.end(id);
    }
    this.#held.length = kept;
  }

  #grown({ box, unseenSeconds }: Track): void {
    const growth = Math.min(MOST_GROWTH, unseenSeconds * GROWTH_PER_SECOND);
    this.#box.x = box.x - (box.width * growth) / 2;
    this.#box.y = box.y - (box.height * growth) / 2;
    this.#box.width = box.width * (1 + growth);
    this.#box.height = box.height * (1 + growth);
  }
}

function isAmong(tracks: readonly Track[], id: number): boolean {
  for (const track of tracks) if (track.id === id) return true;
  return false;
}
