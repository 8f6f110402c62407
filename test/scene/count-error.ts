import { Doorway } from '../../src/count/doorway.ts';
import { Tracker } from '../../src/count/tracker.ts';
import { DetectionList } from '../../src/geometry/detection-list.ts';
import { Scene, type SceneOptions } from './scene.ts';
import { FRAME_HEIGHT, FRAME_WIDTH } from './view.ts';

export interface CountError {
  readonly windows: number;
  readonly crossings: number;
  /** Wrong crossings, in and out apart, as a share of the true ones of a window: mean over all windows. */
  readonly absolute: number;
  /** Counted less true crossings as a share of the true ones: mean, and half the width of its 95 % interval. */
  readonly signed: number;
  readonly signedHalfWidth: number;
}

/** Counts one simulated window for each seed from `firstSeed` on, and compares with the truth. */
export function measureCountError(options: SceneOptions, windows: number, firstSeed = 1): CountError {
  let crossings = 0;
  let absolute = 0;
  let signed = 0;
  let squares = 0;
  for (let seed = firstSeed; seed < firstSeed + windows; seed++) {
    const { truth, counted } = countWindow(seed, options);
    const people = truth.in + truth.out;
    const error = (counted.in + counted.out - people) / people;
    crossings += people;
    absolute += (Math.abs(counted.in - truth.in) + Math.abs(counted.out - truth.out)) / people;
    signed += error;
    squares += error * error;
  }
  const mean = signed / windows;
  const variance = (squares - windows * mean * mean) / (windows - 1);
  return {
    windows,
    crossings,
    absolute: absolute / windows,
    signed: mean,
    signedHalfWidth: 1.96 * Math.sqrt(variance / windows),
  };
}

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
  return { truth: scene.truth, counted };
}
