import { describe, expect, it } from 'vitest';
import { people } from './people.ts';
import { FRAMES, facePosition, HEIGHT, hiddenFrom, LINE_X, type Walker, WIDTH, walkers } from './scene.ts';

const cast = walkers();
const frames = Array.from({ length: FRAMES }, (_, frame) => frame);

describe('the demonstration clip', () => {
  it('shows as many people going in as coming out, some side by side, far and near', () => {
    expect(cast.filter(({ direction }) => direction === 'in')).toHaveLength(14);
    expect(cast.filter(({ direction }) => direction === 'out')).toHaveLength(14);
    const heights = cast.map(({ faceHeight }) => faceHeight);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(50);
    expect(Math.max(...heights)).toBeLessThanOrEqual(140);
    expect(cast.filter((walker) => beside(walker).length === 1)).toHaveLength(16);
  });

  it('has its crossings where it says they are, and each walker crosses once', () => {
    for (const walker of cast) {
      const way = walker.direction === 'in' ? 1 : -1;
      const side = (frame: number): number => Math.sign(way * (facePosition(walker, frame).x - LINE_X));
      expect(side(walker.crossingFrame - 1)).toBe(-1);
      expect(side(walker.crossingFrame + 1)).toBe(1);
      expect(frames.filter((frame) => side(frame) === 0)).toEqual([walker.crossingFrame]);
    }
  });

  it('can be looped: nobody crosses near its ends, and nobody jumps in sight', () => {
    for (const walker of cast) {
      expect(walker.crossingFrame).toBeGreaterThanOrEqual(15);
      expect(walker.crossingFrame).toBeLessThan(FRAMES - 15);
      for (const frame of frames) {
        const [now, next] = [facePosition(walker, frame), facePosition(walker, (frame + 1) % FRAMES)];
        const inSight = [now.x, next.x].some((x) => x > -200 && x < WIDTH + 200);
        if (inSight) expect(Math.abs(next.x - now.x)).toBeLessThan(30);
      }
    }
  });

  it('keeps every face free of every other, and of the edge behind which its walker is hidden', () => {
    for (const frame of frames) {
      const faces = cast.map((walker) => ({ walker, ...facePosition(walker, frame) }));
      for (const one of faces.filter(({ x }) => x > 0 && x < WIDTH)) {
        expect(one.y - one.walker.faceHeight).toBeGreaterThan(0);
        expect(one.y + one.walker.faceHeight).toBeLessThan(hiddenFrom(one.walker));
        for (const other of faces) {
          if (other === one) continue;
          const reach = (one.walker.faceHeight + other.walker.faceHeight) / 2;
          const apart = Math.max(Math.abs(one.x - other.x), Math.abs(one.y - other.y));
          expect(apart).toBeGreaterThan(reach);
        }
      }
    }
  });

  it('cuts everybody off no lower than the outline reaches', () => {
    for (const walker of cast) {
      const { face, outline } = people[walker.person]!;
      const lowest = Math.max(...outline.map(([, y]) => y));
      const highestY = Math.min(...frames.map((frame) => facePosition(walker, frame).y));
      expect(highestY + ((lowest - face[1]) * walker.faceHeight) / face[2]).toBeGreaterThanOrEqual(
        hiddenFrom(walker),
      );
    }
    expect(hiddenFrom(cast.find(({ direction }) => direction === 'out')!)).toBe(HEIGHT);
  });
});

/** Who crosses together with `walker`, in the same direction. */
function beside(walker: Walker): Walker[] {
  return cast.filter(
    (other) =>
      other !== walker &&
      other.direction === walker.direction &&
      Math.abs(other.crossingFrame - walker.crossingFrame) < 12,
  );
}
