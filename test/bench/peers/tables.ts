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

export interface TablesOptions {
  /** This loop first. */
  readonly peers: readonly Peer[];
  /** Where clips lie. */
  readonly folder: string;
  readonly rounds: number;
  /** Frames of the shorter clip: starting and most of the compilation lie within them. */
  readonly warmUpFrames: number;
  readonly progress: (doing: string) => void;
}

export class Tables {
  readonly #options: TablesOptions;
  readonly #out: string;

  constructor(options: TablesOptions) {
    this.#options = options;
    this.#out = join(options.folder, 'covered.y4m');
  }

  async ofSize(size: Size, frames: number): Promise<SizeTable> {
    const name = `${size.width}x${size.height}`;
    this.#options.progress(`${name}: making clips`);
    const clips = await this.#clips('walk', frames, (path, all) => makeWalk(path, size, all));
    const costs = await this.#measure(name, this.#all(clips));
    return { size: name, costs, photos: await this.#photos(size) };
  }

  async ofCrowd(frames: number, faces: number): Promise<CrowdTable> {
    this.#options.progress(`${faces} faces: making clips`);
    const clips = await this.#clips('crowd', frames, (path, all) => makeCrowd(path, all, faces));
    const entrants = this.#all(clips).filter(({ peer }) => !peer.slowInCrowds);
    return { faces, costs: await this.#measure(`${faces} faces`, entrants) };
  }

  async ofStill(frames: number): Promise<StillTable> {
    const [loop] = this.#options.peers as [Peer];
    const busy = await this.#clips('walk', frames, (path, all) => makeWalk(path, SCENE, all));
    const still = await this.#clips('still', frames, (path, all) => makeStill(path, all));
    const costs = await this.#measure('still scene', [
      { peer: { ...loop, name: 'busy' }, clips: busy },
      { peer: { ...loop, name: 'still' }, clips: still },
    ]);
    return { costs: costs as StillTable['costs'] };
  }

  #all(clips: Clips): Entrant[] {
    return this.#options.peers.map((peer) => ({ peer, clips }));
  }

  #measure(title: string, entrants: readonly Entrant[]): Promise<Record<string, Cost>> {
    return measureCosts(entrants, this.#out, this.#options.rounds, (doing) =>
      this.#options.progress(`${title}, ${doing}`),
    );
  }

  async #clips(
    name: string,
    frames: number,
    make: (path: string, frames: number) => Promise<Labels>,
  ): Promise<Clips> {
    const shortFrames = this.#options.warmUpFrames;
    const longFrames = shortFrames + frames;
    const long = join(this.#options.folder, `${name}.y4m`);
    const short = join(this.#options.folder, `${name}-short.y4m`);
    const labels = await make(long, longFrames);
    await cutShort(long, short, shortFrames);
    return { short, long, shortFrames, longFrames, labels };
  }

  async #photos(size: Size): Promise<Record<string, CoveredRecall>> {
    const clip = join(this.#options.folder, 'photos.y4m');
    const labels = await makePhotos(clip, size);
    const recalls: Record<string, CoveredRecall> = {};
    for (const peer of this.#options.peers) {
      await runOver(peer, clip, this.#out);
      recalls[peer.name] = await coveredRecall(clip, this.#out, labels);
    }
    return recalls;
  }
}
