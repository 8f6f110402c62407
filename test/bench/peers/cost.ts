import { rm } from 'node:fs/promises';
import type { Labels } from './clips.ts';
import { type CoveredRecall, coveredRecall } from './covered-share.ts';
import { measuredRun, type Usage } from './measured-run.ts';
import type { Peer } from './peers.ts';

/** Of several rounds. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export interface Cost {
  readonly framesPerSecond: Spread;
  readonly cpuMsPerFrame: Spread;
  readonly peakMegabytes: number;
  /** Its CPU time a frame, as a multiple of the first entrant's in the same round. */
  readonly cpuToFirst: Spread;
  readonly recall?: CoveredRecall;
}

/** A clip, and the beginning of it. */
export interface Clips {
  readonly short: string;
  readonly long: string;
  readonly shortFrames: number;
  readonly longFrames: number;
  /** Of the long one. */
  readonly labels?: Labels;
}

interface Round {
  readonly framesPerSecond: number;
  readonly cpuMsPerFrame: number;
  readonly peakMegabytes: number;
}

/** The shell's clock tells no less. */
const SHORTEST_SECONDS = 0.001;

/** A program and what it is to run over. */
export interface Entrant {
  readonly peer: Peer;
  readonly clips: Clips;
}

/**
 * What a frame costs each entrant, by its peer's name. Each round runs every one once over its short clip and once
 * over its long one; the difference is free of what starting costs.
 * @param out where covered clips go meanwhile
 */
export async function measureCosts(
  entrants: readonly Entrant[],
  out: string,
  rounds: number,
  progress: (doing: string) => void,
): Promise<Record<string, Cost>> {
  const measured = entrants.map((): Round[] => []);
  const recalls = new Map<Peer, CoveredRecall>();
  for (let round = 1; round <= rounds; round++) {
    for (const [index, { peer, clips }] of entrants.entries()) {
      progress(`round ${round} of ${rounds}: ${peer.name}`);
      const short = await runOver(peer, clips.short, out);
      const long = await runOver(peer, clips.long, out);
      measured[index]!.push(difference(short, long, clips.longFrames - clips.shortFrames));
      if (round === 1 && clips.labels?.some((boxes) => boxes.length > 0)) {
        recalls.set(peer, await coveredRecall(clips.long, out, clips.labels));
      }
    }
  }
  return Object.fromEntries(
    entrants.map(({ peer }, index) => [peer.name, cost(measured[index]!, measured[0]!, recalls.get(peer))]),
  );
}

function cost(rounds: readonly Round[], first: readonly Round[], recall: CoveredRecall | undefined): Cost {
  return {
    framesPerSecond: spread(rounds.map(({ framesPerSecond }) => framesPerSecond)),
    cpuMsPerFrame: spread(rounds.map(({ cpuMsPerFrame }) => cpuMsPerFrame)),
    peakMegabytes: Math.max(...rounds.map(({ peakMegabytes }) => peakMegabytes)),
    cpuToFirst: spread(rounds.map(({ cpuMsPerFrame }, at) => cpuMsPerFrame / first[at]!.cpuMsPerFrame)),
    ...(recall && { recall }),
  };
}

/** Covers a clip, from nothing. @throws Error when it fails, or when what came out is no measure of the program */
export async function runOver(peer: Peer, clip: string, out: string): Promise<Usage> {
  await rm(out, { force: true });
  const usage = await measuredRun(peer.command(clip, out));
  peer.check?.(usage.stdout);
  return usage;
}

function difference(short: Usage, long: Usage, frames: number): Round {
  return {
    framesPerSecond: frames / Math.max(long.seconds - short.seconds, SHORTEST_SECONDS),
    cpuMsPerFrame: (1_000 * Math.max(long.cpuSeconds - short.cpuSeconds, SHORTEST_SECONDS)) / frames,
    peakMegabytes: Math.max(short.peakMegabytes, long.peakMegabytes),
  };
}

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return {
    median: (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2,
    least: sorted[0]!,
    most: sorted.at(-1)!,
  };
}
