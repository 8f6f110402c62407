import { expect, test } from 'vitest';
import { DetectionList } from '../../src/geometry/detection-list.ts';
import { Scene } from './scene.ts';
import type { Walker } from './walker.ts';

test('everybody who crosses sets out on one side of the line and ends on the other', () => {
  const detections = new DetectionList();
  const flawless = { missed: 0, weak: 0, falseBoxes: 0, doubled: 0, lostSeconds: 0 };
  const walkers = new Set<Walker>();
  for (let seed = 1; seed <= 20; seed++) {
    const scene = new Scene(seed, { people: 4, seconds: 60, ...flawless });
    scene.onWalker = (walker) => walkers.add(walker);
    while (scene.step(detections) > 0);
  }
  expect(walkers.size).toBeGreaterThan(500);
  for (const { walk } of walkers) {
    expect(Math.sign(walk.from)).toBe(-Math.sign(walk.to));
    expect(Math.abs(walk.from)).toBeGreaterThan(1.5);
  }
});
