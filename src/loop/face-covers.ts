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
  /** The tracks of the frame before, to tell which of them have ended. */
  readonly #live: number[] = [];
  readonly #box: Box = { x: 0, y: 0, width: 0, height: 0 };
  readonly #region: Region = { x: 0, y: 0, width: 0, height: 0 };

  constructor(layout: I420Layout, style: CoverStyle) {
    this.#layout = layout;
    this.#style = style;
  }

  /** @throws RangeError when a track cannot be covered; the frame must then be covered whole */
  cover(frame: I420Frame, tracks: readonly Track[]): void {
    this.#endGone(tracks);
    for (const track of tracks) {
      this.#grown(track);
      coverRegion(this.#box, this.#layout, this.#region);
      cover(frame, this.#region, this.#patches.patchOf(track.id, frame, this.#region), this.#style);
    }
  }

  /** Forgets every face. */
  forget(): void {
    this.#patches.endAll();
    this.#live.length = 0;
  }

  #endGone(tracks: readonly Track[]): void {
    for (const id of this.#live) if (!isAmong(tracks, id)) this.#patches.end(id);
    this.#live.length = 0;
    for (const track of tracks) this.#live.push(track.id);
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
