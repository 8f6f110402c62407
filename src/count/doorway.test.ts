import { describe, expect, it } from 'vitest';
import { Doorway, type DoorwayLine } from './doorway.ts';
import type { Track } from './tracker.ts';

const ACROSS: DoorwayLine = { from: [0.5, 0], to: [0.5, 1], in: 'right' };

/** A face of 40 by 40 pixels in a frame of 1000 by 500, moved by hand. */
class Face {
  readonly track: { -readonly [Key in keyof Track]: Track[Key] } = {
    id: 1,
    box: { x: 0, y: 0, width: 40, height: 40 },
    seen: true,
    unseenSeconds: 0,
    countable: true,
    leader: undefined as Track | undefined,
  };

  /** The crossings, in and out, made by being seen at each of these places; null is a frame in which it is not. */
  walk(
    doorway: Doorway,
    ...places: readonly (number | readonly [x: number, y: number] | null)[]
  ): [number, number] {
    const sum: [number, number] = [0, 0];
    for (const place of places) {
      this.track.seen = place !== null;
      const [x, y] = typeof place === 'number' ? [place, 250] : (place ?? [0, 0]);
      this.track.box = { x: x - 20, y: y - 20, width: 40, height: 40 };
      const crossings = doorway.crossings([this.track]);
      sum[0] += crossings.in;
      sum[1] += crossings.out;
    }
    return sum;
  }
}

const across = (): Doorway => new Doorway(ACROSS, 1000, 500);

describe('a doorway', () => {
  it('counts a way through once, in its direction', () => {
    expect(new Face().walk(across(), 400, 440, 480, 520, 560, 600)).toEqual([1, 0]);
    expect(new Face().walk(across(), 600, 560, 520, 480, 440, 400)).toEqual([0, 1]);
  });

  it.each([
    ['right', [400, 250], [600, 250]],
    ['left', [600, 250], [400, 250]],
    ['below', [500, 150], [500, 350]],
    ['above', [500, 350], [500, 150]],
  ] as const)('counts a way to its side %s as in, whichever way the line was drawn', (side, from, to) => {
    const isUpright = side === 'left' || side === 'right';
    const ends = isUpright
      ? ([
          [0.5, 0],
          [0.5, 1],
        ] as const)
      : ([
          [0, 0.5],
          [1, 0.5],
        ] as const);
    for (const [start, end] of [ends, ends.toReversed()]) {
      const doorway = new Doorway({ from: start!, to: end!, in: side }, 1000, 500);
      expect(new Face().walk(doorway, from, from, to, to)).toEqual([1, 0]);
      expect(new Face().walk(doorway, to, to, from, from)).toEqual([0, 1]);
    }
  });

  it('counts across a slanting line in pixels, not in fractions of the frame', () => {
    const doorway = new Doorway({ from: [0.2, 0.2], to: [0.6, 1], in: 'right' }, 1000, 500);
    expect(new Face().walk(doorway, [300, 350], [320, 340], [480, 260], [500, 250])).toEqual([1, 0]);
  });

  it('counts somebody who stands on it once, and only when they have gone through', () => {
    const doorway = across();
    const face = new Face();
    expect(face.walk(doorway, 400, 440, 480, 495, 505, 492, 512, 488, 515, 500, 497)).toEqual([0, 0]);
    expect(face.walk(doorway, 530, 560)).toEqual([1, 0]);
  });

  it('counts nobody who turns back on it, and somebody who goes through and returns once each way', () => {
    expect(new Face().walk(across(), 400, 440, 480, 510, 515, 490, 450, 400)).toEqual([0, 0]);
    expect(new Face().walk(across(), 400, 440, 530, 560, 600, 560, 470, 440)).toEqual([1, 1]);
  });

  it('counts only what passes between its ends', () => {
    const short = (): Doorway => new Doorway({ from: [0.5, 0.4], to: [0.5, 0.8], in: 'right' }, 1000, 500);
    expect(new Face().walk(short(), [400, 100], [440, 100], [560, 100], [600, 100])).toEqual([0, 0]);
    expect(new Face().walk(short(), [400, 300], [440, 300], [560, 300], [600, 300])).toEqual([1, 0]);
    // In by the doorway and round its end, then in again.
    const around = [
      [600, 300],
      [560, 100],
      [440, 100],
      [400, 100],
    ] as const;
    expect(
      new Face().walk(short(), [400, 300], [440, 300], ...around, [440, 300], [560, 300], [600, 300]),
    ).toEqual([2, 0]);
  });

  it('counts a face that is lost while it goes through', () => {
    expect(new Face().walk(across(), 400, 440, null, null, null, null, null, 580, 600)).toEqual([1, 0]);
  });

  it('counts somebody who was hidden all the way by the one before them, as they come out and go on', () => {
    const behind = (leader: Face, doorway: Doorway, ...places: number[]): [number, number] => {
      const follower = new Face();
      follower.track.leader = leader.track;
      return follower.walk(doorway, ...places);
    };
    const doorway = across();
    const leader = new Face();
    expect(leader.walk(doorway, 400, 440, 560, 600)).toEqual([1, 0]);
    expect(behind(leader, doorway, 560, 580, 600, 620)).toEqual([1, 0]);
    // Who stays, comes back, or was not led over the line has not come that way.
    expect(behind(leader, doorway, 560, 562, 561, 560)).toEqual([0, 0]);
    expect(behind(leader, doorway, 600, 580, 560, 540)).toEqual([0, 0]);
    const other = new Face();
    other.walk(doorway, 560, 580, 600);
    expect(behind(other, doorway, 560, 580, 600, 620)).toEqual([0, 0]);
    // In behind the leader, and out again by themselves.
    expect(behind(leader, doorway, 560, 580, 600, 620, 560, 440, 420)).toEqual([1, 1]);
  });

  it('does not believe one sighting alone on the other side', () => {
    expect(new Face().walk(across(), 400, 440, null, null, 700, null, null, null)).toEqual([0, 0]);
    expect(new Face().walk(across(), 400, 440, 700, 450, 440, 430)).toEqual([0, 0]);
  });

  it('counts nobody who has not proved to be a person, and remembers the way of one who then does', () => {
    const doorway = across();
    const face = new Face();
    face.track.countable = false;
    expect(face.walk(doorway, 400, 440, 560, 600)).toEqual([0, 0]);
    face.track.countable = true;
    expect(face.walk(doorway, 620, 640)).toEqual([1, 0]);
  });

  it('does not hold against a person what was in their track before a gap', () => {
    const doorway = across();
    const face = new Face();
    face.track.countable = false;
    face.walk(doorway, 400, 440, 560, 600, null, null, 620, 630);
    face.track.countable = true;
    expect(face.walk(doorway, 640, 650)).toEqual([0, 0]);
  });

  it('counts two people apart', () => {
    const doorway = across();
    const [one, other] = [new Face(), new Face()];
    expect(one.walk(doorway, 400, 440)).toEqual([0, 0]);
    expect(other.walk(doorway, 600, 560, 440, 400)).toEqual([0, 1]);
    expect(one.walk(doorway, 560, 600)).toEqual([1, 0]);
  });

  describe('of two areas', () => {
    // A way in that turns: from below left over the gap to the upper right.
    const corner = (): Doorway =>
      new Doorway(
        {
          outArea: [
            [0, 0.6],
            [0.4, 0.6],
            [0.4, 1],
            [0, 1],
          ],
          inArea: [
            [0.5, 0],
            [1, 0],
            [1, 0.5],
            [0.5, 0.5],
          ],
        },
        1000,
        500,
      );
    const OUT = [200, 400] as const;
    const GAP = [450, 300] as const;
    const IN = [700, 100] as const;

    it('counts a way from one to the other once, in its direction, and not who stands between them', () => {
      expect(new Face().walk(corner(), OUT, OUT, GAP, IN, IN)).toEqual([1, 0]);
      expect(new Face().walk(corner(), IN, IN, GAP, OUT, OUT)).toEqual([0, 1]);
      const face = new Face();
      const doorway = corner();
      expect(face.walk(doorway, OUT, OUT, GAP, GAP, [460, 290], [440, 310], GAP)).toEqual([0, 0]);
      expect(face.walk(doorway, IN, IN)).toEqual([1, 0]);
    });

    it('counts nobody who turns back between them, or goes by without entering both', () => {
      expect(new Face().walk(corner(), OUT, OUT, GAP, GAP, OUT, OUT)).toEqual([0, 0]);
      expect(new Face().walk(corner(), OUT, OUT, [600, 400], [900, 400], [900, 400])).toEqual([0, 0]);
    });

    it.each([
      [
        'overlap',
        [
          [0.3, 0.7],
          [0.9, 0.1],
          [0.9, 0.7],
        ],
        'leave a gap between them',
      ],
      [
        'cross themselves',
        [
          [0.5, 0.1],
          [0.9, 0.9],
          [0.9, 0.1],
          [0.5, 0.9],
        ],
        'in order',
      ],
    ] as const)('cannot %s', (_, inArea, message) => {
      const outArea = [
        [0, 0.6],
        [0.4, 0.6],
        [0.4, 1],
        [0, 1],
      ] as const;
      expect(() => new Doorway({ inArea, outArea }, 1000, 500)).toThrow(
        expect.objectContaining({ code: 'DOORWAY', message: expect.stringContaining(message) }),
      );
    });
  });

  it.each([
    ['a point', { from: [0.5, 0.5], to: [0.5, 0.5], in: 'right' }],
    ['out of the frame', { from: [0.5, 0], to: [0.5, 1.1], in: 'right' }],
    ['not a number', { from: [Number.NaN, 0], to: [0.5, 1], in: 'right' }],
    ['without such a side', { from: [0.5, 0], to: [0.5, 1], in: 'above' }],
  ] as const)('cannot be %s', (_, line) => {
    expect(() => new Doorway(line, 1000, 500)).toThrow(expect.objectContaining({ code: 'DOORWAY' }));
  });
});
