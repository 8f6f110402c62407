import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box } from '../geometry/box.ts';
import { DetectionList } from '../geometry/detection-list.ts';
import { type Track, Tracker } from './tracker.ts';

interface Seen extends Partial<Box> {
  readonly x: number;
  readonly weak?: boolean;
}

/** A tracker with frames that are written as lists of faces, 40 by 50 pixels where nothing else is said. */
class Film {
  readonly tracker = new Tracker();
  readonly #detections = new DetectionList();
  readonly #seconds: number;

  constructor(framesPerSecond = 10) {
    this.#seconds = 1 / framesPerSecond;
  }

  frame(...faces: readonly Seen[]): readonly Track[] {
    this.#detections.clear();
    for (const { x, y = 300, width = 40, height = 50, weak = false } of faces) {
      this.#detections.add(x, y, width, height, weak ? 0.4 : 0.9, !weak);
    }
    return this.tracker.update(this.#detections, this.#seconds);
  }
}

const idAt = (tracks: readonly Track[], x: number): number | undefined =>
  tracks.find((track) => track.seen && Math.abs(track.box.x - x) < 1)?.id;

describe('tracks', () => {
  it('hold a lost face that comes back in the very frame in which somebody else proves to be a person', () => {
    for (let aside = -400; aside <= 400; aside += 20) {
      for (let lost = 2; lost <= 25; lost++) {
        const film = new Film(15);
        for (let frame = 0; frame < 5; frame++) film.frame({ x: 600, width: 80, height: 100 });
        for (let frame = 0; frame < lost; frame++) film.frame();
        for (let frame = 0; frame < 2; frame++) film.frame({ x: 600 + aside, width: 80, height: 100 });
        const tracks = film.frame(
          { x: 600 + aside, width: 80, height: 100 },
          { x: 600, width: 80, height: 100 },
        );
        for (const x of [600 + aside, 600]) expect(idAt(tracks, x)).toBeDefined();
      }
    }
  });

  it('go on where a face was lost for their whole second, even when somebody else is taken for it', () => {
    for (let aside = -300; aside <= 300; aside += 20) {
      if (Math.abs(aside) < 80) continue;
      for (let lost = 1; lost <= 7; lost++) {
        const film = new Film(15);
        for (let frame = 0; frame < 8; frame++) film.frame({ x: 600, width: 80, height: 100 });
        for (let frame = 0; frame < lost; frame++) film.frame();
        for (let frame = lost; frame < 14; frame++) {
          const tracks = film.frame({ x: 600 + aside, width: 80, height: 100 });
          const isHeld = tracks.some((track) => Math.abs(track.box.x - 600) < 20);
          expect(isHeld, `${aside} aside, lost for ${lost}, in frame ${frame}`).toBe(true);
        }
      }
    }
  });

  it('hold every detection of every frame, each in one track of its own', () => {
    const face = fc.record({
      x: fc.double({ min: -50, max: 1300, noNaN: true }),
      y: fc.double({ min: -50, max: 750, noNaN: true }),
      width: fc.double({ min: 0, max: 300, noNaN: true }),
      height: fc.double({ min: 0, max: 300, noNaN: true }),
      weak: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(fc.array(face, { maxLength: 12 }), { maxLength: 12 }), (frames) => {
        const film = new Film();
        for (const faces of frames) {
          const seen = film.frame(...faces).filter((track) => track.seen);
          const key = (box: Box) => [box.x, box.y, box.width, box.height].map(Math.fround).join(' ');
          expect(seen.map((track) => key(track.box)).sort()).toEqual(faces.map(key).sort());
        }
      }),
      { numRuns: 300 },
    );
  });

  it('hold every detection of frames that are full of faces, and stay bounded', () => {
    const film = new Film(25);
    for (let frame = 0; frame < 20; frame++) {
      const faces = Array.from({ length: DetectionList.CAPACITY }, (_, index) => ({
        x: ((index * 37 + frame * 411) % 1280) + frame / 100,
        y: (index * 53 + frame * 197) % 720,
      }));
      const tracks = film.frame(...faces);
      expect(tracks.filter((track) => track.seen)).toHaveLength(faces.length);
      expect(tracks.length).toBeLessThanOrEqual(3 * DetectionList.CAPACITY);
    }
  });

  it('follow a small fast face although its boxes do not overlap from frame to frame', () => {
    const film = new Film();
    const ids = new Set<number>();
    for (let frame = 0; frame < 15; frame++) {
      ids.add(film.frame({ x: frame * 30, width: 20, height: 25 })[0]!.id);
    }
    expect(ids.size).toBe(1);
  });

  it('keep apart two people side by side', () => {
    const film = new Film();
    const first = film.frame({ x: 0 }, { x: 45, y: 310 }).map((track) => track.id);
    for (let frame = 1; frame < 20; frame++) {
      const tracks = film.frame({ x: 45 + frame * 20, y: 310 }, { x: frame * 20 });
      expect([idAt(tracks, frame * 20), idAt(tracks, 45 + frame * 20)]).toEqual(first);
    }
  });

  it('keep apart two people who cross, one hidden by the other for a while', () => {
    const film = new Film(15);
    let [left, right]: (number | undefined)[] = [];
    for (let frame = 0; frame <= 60; frame++) {
      const [x, y] = [frame * 10, 600 - frame * 10];
      const isHidden = Math.abs(x - y) < 30;
      const tracks = isHidden ? film.frame({ x }) : film.frame({ x }, { x: y, y: 290 });
      if (frame === 5) [left, right] = [idAt(tracks, x), idAt(tracks, y)];
      if (frame === 60) expect([idAt(tracks, x), idAt(tracks, y)]).toEqual([left, right]);
    }
  });

  it('stay the same through half a second in which the face is lost', () => {
    const film = new Film();
    let id: number | undefined;
    for (let frame = 0; frame < 20; frame++) {
      const tracks = frame >= 8 && frame < 13 ? film.frame() : film.frame({ x: frame * 25 });
      if (frame === 7) id = tracks[0]!.id;
      if (frame === 16) expect(idAt(tracks, frame * 25)).toBe(id);
    }
  });

  it('are found again after two seconds, once somebody who goes on the same way has proved to be a person', () => {
    const film = new Film();
    for (let frame = 0; frame < 10; frame++) film.frame({ x: frame * 20 });
    const id = film.frame({ x: 200 })[0]!.id;
    for (let frame = 11; frame < 31; frame++) film.frame();
    const found = [31, 32, 33, 34].map((frame) => {
      const tracks = film.frame({ x: frame * 20 });
      expect(tracks).toHaveLength(1);
      return idAt(tracks, frame * 20) === id;
    });
    expect(found).toEqual([false, false, true, true]);
  });

  it('are not led astray by a false box while the face is lost', () => {
    const film = new Film();
    let id: number | undefined;
    for (let frame = 0; frame < 20; frame++) {
      const isLost = frame >= 8 && frame < 14;
      const tracks = isLost
        ? film.frame(...(frame === 11 ? [{ x: 520 }] : []))
        : film.frame({ x: frame * 25 });
      if (frame === 7) id = tracks[0]!.id;
      if (frame === 18) expect(idAt(tracks, frame * 25)).toBe(id);
    }
  });

  it('go on where they are believed to be for a second after they were seen, and not for longer', () => {
    const film = new Film();
    for (let frame = 0; frame < 10; frame++) film.frame({ x: frame * 20 });
    for (let frame = 10; frame < 19; frame++) {
      const [track, ...others] = film.frame();
      expect(others).toEqual([]);
      expect(track).toMatchObject({ seen: false });
      expect(track!.unseenSeconds).toBeCloseTo((frame - 9) / 10, 6);
      expect(Math.abs(track!.box.x - frame * 20)).toBeLessThan(10);
    }
    film.frame();
    expect(film.frame()).toEqual([]);
  });

  it('count as people after three countable detections, with one frame missed between', () => {
    const film = new Film();
    expect(film.frame({ x: 0 })[0]!.countable).toBe(false);
    film.frame();
    expect(film.frame({ x: 20 })[0]!.countable).toBe(false);
    expect(film.frame({ x: 30 })[0]!.countable).toBe(true);
    expect(film.frame({ x: 40, weak: true })[0]!.countable).toBe(true);
  });

  it('do not count as people by weak detections, by rare ones, or within the box of another face', () => {
    const [weak, rare, doubled] = [new Film(), new Film(), new Film()];
    for (let frame = 0; frame < 30; frame++) {
      expect(weak.frame({ x: frame, weak: true }).some((track) => track.countable)).toBe(false);
      const now = frame % 3 === 0 ? [{ x: frame }] : [];
      expect(rare.frame(...now).some((track) => track.countable)).toBe(false);
      const tracks = doubled.frame({ x: frame }, { x: frame + 10, y: 312, width: 20, height: 25 });
      expect(tracks.filter((track) => track.countable).length).toBeLessThanOrEqual(1);
    }
  });

  it('are led by the nearer face from behind which they come, for as long as that one is remembered', () => {
    const film = new Film();
    const big = { width: 80, height: 100 };
    for (let frame = 0; frame < 5; frame++) film.frame({ x: 300, ...big });
    const [leader, follower, stranger] = film.frame({ x: 300, ...big }, { x: 250 }, { x: 700 });
    expect(follower!.leader).toBe(leader);
    expect(stranger!.leader).toBeUndefined();
    for (let frame = 0; frame < 32; frame++) film.frame({ x: 250 }, { x: 700 });
    expect(follower!.leader).toBeUndefined();
  });

  it('stay with the nearer face that scores low when one behind it comes out and scores high', () => {
    const film = new Film();
    const near = { width: 41, height: 52 };
    for (let frame = 0; frame < 12; frame++) film.frame({ x: 500 - frame * 4, ...near });
    const id = film.frame({ x: 452, ...near })[0]!.id;
    const tracks = film.frame({ x: 448, ...near, weak: true }, { x: 470, width: 31, height: 40 });
    expect(idAt(tracks, 448)).toBe(id);
  });

  it('never have an identity that was used before, by this tracker or another', () => {
    const [film, other] = [new Film(), new Film()];
    const ids = new Set<number>();
    for (const next of [film, other, film, other]) {
      ids.add(next.frame({ x: 100 })[0]!.id);
      next.tracker.reset();
    }
    expect(ids.size).toBe(4);
  });

  it('cannot be moved by time that ran backwards or is unknown', () => {
    const tracker = new Tracker();
    for (const seconds of [-0.1, Number.NaN]) {
      expect(() => tracker.update(new DetectionList(), seconds)).toThrow(RangeError);
    }
  });
});
