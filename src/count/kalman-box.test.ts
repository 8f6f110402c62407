import { describe, expect, it } from 'vitest';
import type { Box } from '../geometry/box.ts';
import { KalmanBox } from './kalman-box.ts';

const start: Box = { x: 100, y: 200, width: 40, height: 50 };

function moved(box: Box, seconds: number, speed = 120): Box {
  return { ...box, x: box.x + speed * seconds };
}

/** A filter that has seen a face walk for a second, at so many frames. */
function walked(framesPerSecond: number): KalmanBox {
  const filter = new KalmanBox(start);
  for (let frame = 1; frame <= framesPerSecond; frame++) {
    filter.predict(1 / framesPerSecond);
    filter.correct(moved(start, frame / framesPerSecond));
  }
  return filter;
}

function read(filter: KalmanBox): Box {
  const box = { x: 0, y: 0, width: 0, height: 0 };
  filter.read(box);
  return box;
}

describe('the prediction of a box', () => {
  it.each([5, 10, 25])('goes on with a steady walk, in real seconds, at %d frames a second', (rate) => {
    const filter = walked(rate);
    filter.predict(0.5);
    const expected = moved(start, 1.5);
    const box = read(filter);
    expect(Math.abs(box.x - expected.x)).toBeLessThan(6);
    expect(box.y).toBeCloseTo(expected.y, 5);
    expect(box.width).toBeCloseTo(40, 5);
    expect(box.height).toBeCloseTo(50, 5);
  });

  it('is the same however the time is cut up', () => {
    const [once, often] = [walked(10), walked(10)];
    once.predict(0.8);
    for (let part = 0; part < 8; part++) often.predict(0.1);
    expect(read(once).x).toBeCloseTo(read(often).x, 6);
    expect(once.misfit(moved(start, 2))).toBeCloseTo(often.misfit(moved(start, 2)), 6);
  });

  it('lets a face that comes nearer grow, and never shrinks one to nothing', () => {
    const filter = new KalmanBox(start);
    for (let frame = 1; frame <= 10; frame++) {
      filter.predict(0.1);
      filter.correct({ ...start, width: 40 * 0.9 ** frame, height: 50 * 0.9 ** frame });
    }
    const before = read(filter).width;
    filter.predict(1);
    expect(read(filter).width).toBeLessThan(before);
    expect(read(filter).width).toBeGreaterThan(0);
  });
});

describe('the misfit of a box', () => {
  it('is the same for near and far faces', () => {
    const far = { x: 10, y: 20, width: 4, height: 5 };
    const near = { x: 100, y: 200, width: 40, height: 50 };
    const [farFilter, nearFilter] = [new KalmanBox(far), new KalmanBox(near)];
    farFilter.predict(0.1);
    nearFilter.predict(0.1);
    expect(farFilter.misfit({ ...far, x: 12 })).toBeCloseTo(nearFilter.misfit({ ...near, x: 120 }), 6);
  });

  it('grows with the time a face was not seen, so that a lost track does not win by being vague', () => {
    const [recent, lost] = [walked(10), walked(10)];
    recent.predict(0.1);
    lost.predict(1);
    expect(recent.misfit(moved(start, 1.1))).toBeLessThan(lost.misfit(moved(start, 2)));
  });

  it('of a later track is small when it goes on the same way, and large when it comes back', () => {
    const later = (speed: number): KalmanBox => {
      const filter = new KalmanBox(moved(start, 1.9));
      for (let frame = 1; frame <= 3; frame++) {
        filter.predict(0.1);
        filter.correct(moved(moved(start, 1.9), frame / 10, speed));
      }
      return filter;
    };
    const lost = walked(10);
    lost.predict(1.2);
    expect(lost.misfitOf(later(120))).toBeLessThan(lost.misfitOf(later(-500)) - 3);
  });
});
