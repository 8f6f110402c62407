import { describe, expect, it } from 'vitest';
import { Doorway } from '../../src/count/doorway.ts';
import { Tracker } from '../../src/count/tracker.ts';
import { DetectionList } from '../../src/geometry/detection-list.ts';
import { FlawedDetector, type Flaws } from './flawed-detector.ts';
import { SeededRandom } from './seeded-random.ts';
import { ACROSS, FRAME_HEIGHT, FRAME_WIDTH, TOWARDS, type View, visibleFaces } from './view.ts';
import { type Walk, Walker } from './walker.ts';

const FLAWS: Flaws = { missed: 0.05, weak: 0.1, falseBoxes: 0.05, doubled: 0, lostSeconds: 0 };
const ADULT = { errand: 'pass', speed: 1.3, faceHeight: 1.65 } as const;
const TIMES = 20;

/** What is counted when these people set out together, for several seeds of the detector's and their own whims. */
function counted(view: View, walks: readonly Walk[], flaws = FLAWS): [number, number][] {
  return Array.from({ length: TIMES }, (_, index) => {
    const random = new SeededRandom(index + 1);
    const walkers = walks.map((walk) => new Walker(walk, random));
    const detector = new FlawedDetector(flaws, random);
    const detections = new DetectionList();
    const tracker = new Tracker();
    const doorway = new Doorway(view.line, FRAME_WIDTH, FRAME_HEIGHT);
    const sum: [number, number] = [0, 0];
    while (walkers.some((walker) => !walker.gone)) {
      const present = walkers.filter((walker) => !walker.gone);
      for (const walker of present) walker.step(1 / 15);
      detector.detect(visibleFaces(view, present), 1 / 15, detections);
      const crossings = doorway.crossings(tracker.update(detections, 1 / 15));
      sum[0] += crossings.in;
      sum[1] += crossings.out;
    }
    return sum;
  });
}

const always = (inwards: number, outwards: number) =>
  Array.from({ length: TIMES }, () => [inwards, outwards]);
const across = (aside: number, more: Partial<Walk> = {}): Walk => ({
  ...ADULT,
  aside,
  from: -2.6,
  to: 2.6,
  ...more,
});

describe('the count is right', () => {
  it('when two people walk side by side', () => {
    expect(counted(ACROSS, [across(3), across(3.7, { from: -2.5 })])).toEqual(always(2, 0));
  });

  it('when the paths of two people cross, one hiding the other', () => {
    expect(counted(ACROSS, [across(3), across(3.7, { from: 2.6, to: -2.6 })])).toEqual(always(1, 1));
  });

  it('when one person comes right behind the other, hidden by them most of the way', () => {
    const first = { ...ADULT, aside: 0.3, from: -4, to: 1.8 };
    expect(counted(TOWARDS, [first, { ...first, aside: 0.42, from: -4.9 }])).toEqual(always(2, 0));
  });

  it('when somebody pauses in the doorway', () => {
    expect(counted(ACROSS, [across(3, { errand: 'pause' })])).toEqual(always(1, 0));
  });

  it('when somebody turns back on the line', () => {
    expect(counted(ACROSS, [across(3, { errand: 'turn' })])).toEqual(always(0, 0));
  });

  it('when somebody goes through and comes back', () => {
    expect(counted(ACROSS, [across(3, { errand: 'return' })])).toEqual(always(1, 1));
  });

  it('when a child passes low in the frame, beside an adult', () => {
    expect(counted(ACROSS, [across(2.6, { faceHeight: 1.05 }), across(3.3)])).toEqual(always(2, 0));
  });

  it('when a face is lost for half a second at the line', () => {
    expect(counted(ACROSS, [across(3)], { ...FLAWS, lostSeconds: 0.5 })).toEqual(always(1, 0));
    const coming = { ...ADULT, aside: 0.3, from: -4, to: 1.8 };
    expect(counted(TOWARDS, [coming], { ...FLAWS, lostSeconds: 0.5 })).toEqual(always(1, 0));
  });
});
