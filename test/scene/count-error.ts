import { Doorway } from '../../src/count/doorway.ts';
import { Tracker } from '../../src/count/tracker.ts';
import { DetectionList } from '../../src/geometry/detection-list.ts';
import { Scene, type SceneOptions } from './scene.ts';
import { FRAME_HEIGHT, FRAME_WIDTH } from './view.ts';

/** A mean over windows, and half the width of its 95 % interval. */
export interface Estimate {
  readonly mean: number;
  readonly halfWidth: number;
}

/** What was counted against what happened, as shares of the crossings of a window. */
export interface CountError {
  readonly crossings: number;
  /** Crossings of people whose face could not be seen on both sides of the line: see `Walker.shown`. */
  readonly hidden: number;
  /** Wrong by so much, in and out apart. */
  readonly absolute: Estimate;
  /** Counted less true crossings. */
  readonly signed: Estimate;
}

/** Counts one simulated window for each seed from 1 on. */
export function measureCountError(options: SceneOptions, windows: number): CountError {
  const absolute: number[] = [];
  const signed: number[] = [];
  let crossings = 0;
  let allShown = 0;
  for (let seed = 1; seed <= windows; seed++) {
    const { truth, shown, counted } = countWindow(seed, options);
    const all = truth.in + truth.out;
    const wrong = Math.abs(counted.in - truth.in) + Math.abs(counted.out - truth.out);
    absolute.push(wrong / all);
    signed.push((counted.in + counted.out - all) / all);
    crossings += all;
    allShown += shown.in + shown.out;
  }
  return {
    crossings,
    hidden: 1 - allShown / crossings,
    absolute: estimate(absolute),
    signed: estimate(signed),
  };
}

/** Runs the scene of `seed` through tracker and doorway. */
export function countWindow(seed: number, options: SceneOptions) {
  const scene = new Scene(seed, options);
  const tracker = new Tracker();
  const doorway = new Doorway(scene.view.line, FRAME_WIDTH, FRAME_HEIGHT);
  const detections = new DetectionList();
  const counted = { in: 0, out: 0 };
  for (let seconds = scene.step(detections); seconds > 0; seconds = scene.step(detections)) {
    const crossings = doorway.crossings(tracker.update(detections, seconds));
    counted.in += crossings.in;
    counted.out += crossings.out;
  }
  return { truth: scene.truth, shown: scene.shown, counted };
}

function estimate(values: readonly number[]): Estimate {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, halfWidth: 1.96 * Math.sqrt(squares / (values.length - 1) / values.length) };
}
