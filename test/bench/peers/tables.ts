import { join } from 'node:path';
import type { Machine } from '../machine.ts';
import {
  cutShort,
  type Labels,
  makeCrowd,
  makePhotos,
  makeStill,
  makeWalk,
  SCENE,
  type Size,
} from './clips.ts';
import { type Clips, type Cost, type Entrant, measureCosts, runOver } from './cost.ts';
import { type CoveredRecall, coveredRecall } from './covered-share.ts';
import type { Peer } from './peers.ts';

/** What `npm run bench:peers -- --json` prints. */
export interface PeersResult {
  readonly machine: Machine;
  readonly frames: number;
  readonly rounds: number;
  readonly sizes: readonly SizeTable[];
  readonly crowds: readonly CrowdTable[];
  readonly still?: StillTable;
}

/** By the names of the peers. */
export interface SizeTable {
  readonly size: string;
  /** Over the demonstration clip, with its recall. */
  readonly costs: Readonly<Record<string, Cost>>;
  /** Recall on the photographs: half of the faces are some 120 pixels high at 1280x720, half some 40. */
  readonly photos: Readonly<Record<string, CoveredRecall>>;
}

export interface CrowdTable {
  readonly faces: number;
  readonly costs: Readonly<Record<string, Cost>>;
}

/** What a frame costs this loop when people walk, and when nothing moves. */
export interface StillTable {
  readonly costs: Readonly<Record<'busy' | 'still', Cost>>;
}

/** Frames of the shorter clip, as a share of those to measure: start-up and most of the compilation lie within it. */
const WARM_UP = 1 / 2;

export class Tables {
  readonly #peers: readonly Peer[];
  readonly #folder: string;
  readonly #out: string;
  readonly #rounds: number;
  readonly #progress: (doing: string) => void;

  /** @param peers this loop first */
  constructor(peers: readonly Peer[], folder: string, rounds: number, progress: (doing: string) => void) {
    this.#peers = peers;
    this.#folder = folder;
    this.#out = join(folder, 'covered.y4m');
    this.#rounds = rounds;
    this.#progress = progress;
  }

  async ofSize(size: Size, frames: number): Promise<SizeTable> {
    const name = `${size.width}x${size.height}`;
    this.#progress(`${name}: making clips`);
    const clips = await this.#clips('walk', frames, (path, all) => makeWalk(path, size, all));
    const costs = await this.#measure(name, this.#all(clips));
    return { size: name, costs, photos: await this.#photos(size) };
  }

  async ofCrowd(frames: number, faces: number): Promise<CrowdTable> {
    this.#progress(`${faces} faces: making clips`);
    const clips = await this.#clips('crowd', frames, (path, all) => makeCrowd(path, all, faces));
    return { faces, costs: await this.#measure(`${faces} faces`, this.#all(clips)) };
  }

  async ofStill(frames: number): Promise<StillTable> {
    const [loop] = this.#peers as [Peer];
    const busy = await this.#clips('walk', frames, (path, all) => makeWalk(path, SCENE, all));
    const still = await this.#clips('still', frames, (path, all) => makeStill(path, all));
    const costs = await this.#measure('still scene', [
      { peer: { ...loop, name: 'busy' }, clips: busy },
      { peer: { ...loop, name: 'still' }, clips: still },
    ]);
    return { costs: costs as StillTable['costs'] };
  }

  #all(clips: Clips): Entrant[] {
    return this.#peers.map((peer) => ({ peer, clips }));
  }

  #measure(title: string, entrants: readonly Entrant[]): Promise<Record<string, Cost>> {
    return measureCosts(entrants, this.#out, this.#rounds, (doing) => this.#progress(`${title}, ${doing}`));
  }

  async #clips(
    name: string,
    frames: number,
    make: (path: string, frames: number) => Promise<Labels>,
  ): Promise<Clips> {
    const shortFrames = Math.max(1, Math.round(frames * WARM_UP));
    const longFrames = shortFrames + frames;
    const long = join(this.#folder, `${name}.y4m`);
    const short = join(this.#folder, `${name}-short.y4m`);
    const labels = await make(long, longFrames);
    await cutShort(long, short, shortFrames);
    return { short, long, shortFrames, longFrames, labels };
  }

  async #photos(size: Size): Promise<Record<string, CoveredRecall>> {
    const clip = join(this.#folder, 'photos.y4m');
    const labels = await makePhotos(clip, size);
    const recalls: Record<string, CoveredRecall> = {};
    for (const peer of this.#peers) {
      await runOver(peer, clip, this.#out);
      recalls[peer.name] = await coveredRecall(clip, this.#out, labels);
    }
    return recalls;
  }
}
