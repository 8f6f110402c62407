import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameRate, LEAST_FRAMES_PER_SECOND } from './frame-rate.ts';

/** A camera and a loop with a queue of two, in simulated time. */
class Bench {
  readonly rate: FrameRate;
  nowMs = 0;
  dropped = 0;
  readonly changes: { readonly atMs: number; readonly up: boolean }[] = [];
  #freeAtMs = 0;
  #waiting: number[] = [];
  #toldDrops = 0;

  constructor(configured: number) {
    this.rate = new FrameRate(configured);
  }

  /** Lets `seconds` pass, each frame taking what `busyMs` says, or next to nothing while it is not looked at. */
  run(seconds: number, busyMs: () => number, celsius?: number, looks: () => boolean = () => true): void {
    const untilMs = this.nowMs + 1_000 * seconds;
    let heatMs = this.nowMs;
    while (this.nowMs < untilMs) {
      this.nowMs += 1_000 / this.rate.framesPerSecond;
      this.#waiting.push(this.nowMs);
      if (this.#waiting.length > 2) {
        this.#waiting.shift();
        this.dropped++;
      }
      while (this.#waiting.length > 0 && this.#freeAtMs <= this.nowMs) this.#look(busyMs(), looks());
      if (celsius !== undefined && this.nowMs >= heatMs) {
        heatMs += 10_000;
        this.#watched(() => this.rate.heat(celsius, this.nowMs));
      }
    }
  }

  #look(lookMs: number, looked: boolean): void {
    const busyMs = looked ? lookMs : 1;
    const begun = Math.max(this.#waiting.shift()!, this.#freeAtMs);
    this.#freeAtMs = begun + busyMs;
    const dropped = this.dropped - this.#toldDrops;
    this.#toldDrops = this.dropped;
    this.#watched(() => this.rate.frame(busyMs, dropped, this.#freeAtMs, looked));
  }

  #watched(change: () => void): void {
    const before = this.rate.framesPerSecond;
    change();
    const up = this.rate.framesPerSecond > before;
    if (this.rate.framesPerSecond !== before) this.changes.push({ atMs: this.nowMs, up });
  }
}

const always = (busyMs: number) => () => busyMs;

describe("the camera's rate", () => {
  it('is the configured one for as long as the loop keeps it', () => {
    const bench = new Bench(10);
    bench.run(600, always(80));
    expect([bench.rate.framesPerSecond, bench.changes, bench.dropped]).toEqual([10, [], 0]);
  });

  it('falls before a frame is dropped, when frames take longer and longer', () => {
    const bench = new Bench(10);
    let busyMs = 50;
    bench.run(120, () => {
      busyMs = Math.min(170, busyMs + 0.5);
      return busyMs;
    });
    expect(bench.dropped).toBe(0);
    expect(bench.rate.framesPerSecond).toBeLessThan(5.9);
    expect(bench.rate.framesPerSecond).toBeGreaterThanOrEqual(LEAST_FRAMES_PER_SECOND);
  });

  it('falls in two seconds to what fits when the load comes at once, and then no frame is dropped', () => {
    const bench = new Bench(30);
    bench.run(10, always(10));
    bench.run(2, always(130));
    const { dropped } = bench;
    expect(dropped).toBeLessThan(20);
    bench.run(60, always(130));
    expect(bench.dropped).toBe(dropped);
    expect(bench.rate.framesPerSecond * 0.13).toBeLessThan(0.9);
  });

  it('comes back to the configured one when there is room, a level at a time, ten seconds apart', () => {
    const bench = new Bench(10);
    bench.run(10, always(150));
    const from = bench.changes.length;
    bench.run(90, always(20));
    expect(bench.rate.framesPerSecond).toBe(10);
    const raises = bench.changes.slice(from);
    expect(raises.every(({ up }) => up)).toBe(true);
    for (const [at, { atMs }] of raises.slice(1).entries()) {
      expect(atMs - raises[at]!.atMs).toBeGreaterThanOrEqual(10_000);
    }
  });

  it('that was raised in vain again and again is raised ever more seldom, until there is room', () => {
    const bench = new Bench(10);
    bench.run(1_200, () => (bench.rate.framesPerSecond === 10 ? 120 : 60));
    const given = bench.changes.filter(({ up }) => !up).map(({ atMs }) => atMs);
    expect(given.length).toBeLessThan(9);
    expect(given.at(-1)! - given.at(-2)!).toBeGreaterThan(250_000);
    bench.run(60, always(180));
    bench.run(350, always(20));
    expect(bench.rate.framesPerSecond).toBe(10);
  });

  it('is not changed by one slow frame, as the first one of a model is', () => {
    const bench = new Bench(10);
    let frames = 0;
    bench.run(60, () => (frames++ % 100 === 0 ? 280 : 50));
    expect(bench.changes).toEqual([]);
  });

  it('is not raised by a scene that is still, only to drop frames as soon as somebody comes', () => {
    const bench = new Bench(10);
    let frames = 0;
    const visit = () => bench.run(10, always(180));
    const quiet = () => bench.run(110, always(180), undefined, () => frames++ % 65 === 0);
    visit();
    const { dropped } = bench;
    const changes = bench.changes.length;
    for (let times = 0; times < 10; times++) {
      quiet();
      visit();
    }
    expect([bench.dropped, bench.changes.length]).toEqual([dropped, changes]);
  });

  it('comes back in a scene that is still, when its looks are quick again', () => {
    const bench = new Bench(10);
    let frames = 0;
    bench.run(10, always(180));
    bench.run(600, always(20), undefined, () => frames++ % 65 === 0);
    expect(bench.rate.framesPerSecond).toBe(10);
  });

  it('falls in a scene that is still, when something else holds the loop up', () => {
    const rate = new FrameRate(10);
    for (let frame = 0; frame < 30; frame++) rate.frame(frame < 5 ? 20 : 150, 0, 150 * frame, frame < 5);
    expect(rate.framesPerSecond).toBeLessThan(10);
  });

  it('falls when frames are dropped though each one takes little time', () => {
    const rate = new FrameRate(10);
    for (let frame = 0; frame < 20; frame++) rate.frame(10, frame % 2, 100 * frame);
    expect(rate.framesPerSecond).toBeLessThan(10);
  });

  it('falls step by step while the processor is hot, and rises only once it is cool', () => {
    const bench = new Bench(10);
    bench.run(95, always(20), 82);
    expect(bench.rate.framesPerSecond).toBeCloseTo(10 * 0.8 ** 4);
    expect(bench.rate.cause).toBe('heat');
    bench.run(300, always(20), 78);
    expect(bench.rate.framesPerSecond).toBeCloseTo(10 * 0.8 ** 4);
    bench.run(60, always(20), 70);
    expect(bench.rate.framesPerSecond).toBe(10);
  });

  it.each([2, 4, 30])(
    'of %d frames a second never falls under the least one, nor under itself',
    (configured) => {
      const bench = new Bench(configured);
      bench.run(300, always(3_000), 90);
      expect(bench.rate.framesPerSecond).toBe(Math.min(configured, LEAST_FRAMES_PER_SECOND));
    },
  );
});

describe("the camera's rate under any load", () => {
  // The same loads in every run, so that main stays green; LINTEL_SEED=... looks at others.
  const seed = Number(process.env.LINTEL_SEED ?? 1);
  const configured = fc.integer({ min: 1, max: 60 });
  const load = fc.record({
    seconds: fc.integer({ min: 1, max: 60 }),
    busyMs: fc.integer({ min: 0, max: 400 }),
    swing: fc.double({ min: 0, max: 1, noNaN: true }),
    celsius: fc.option(fc.integer({ min: 20, max: 90 }), { nil: undefined }),
  });
  const noisy = (busyMs: number, swing: number) => {
    let turn = 1;
    return () => {
      turn = (turn * 48_271) % 2_147_483_647;
      return busyMs * (1 + swing * (turn / 2_147_483_647 - 0.5));
    };
  };

  it('stays within its bounds, and is raised at most six times a minute', () => {
    fc.assert(
      fc.property(configured, fc.array(load, { maxLength: 20 }), (most, loads) => {
        const bench = new Bench(most);
        for (const { seconds, busyMs, swing, celsius } of loads) {
          bench.run(seconds, noisy(busyMs, swing), celsius);
          expect(bench.rate.framesPerSecond).toBeLessThanOrEqual(most);
          expect(bench.rate.framesPerSecond).toBeGreaterThanOrEqual(Math.min(most, LEAST_FRAMES_PER_SECOND));
        }
        const raises = bench.changes.filter(({ up }) => up);
        // There are no more than 14 levels down from 60 frames a second; every other lowering undoes a raise.
        expect(bench.changes.length - raises.length).toBeLessThanOrEqual(raises.length + 14);
        for (const [at, { atMs }] of raises.entries()) {
          const inMinute = raises.filter((raise) => raise.atMs >= atMs && raise.atMs < atMs + 60_000);
          expect(inMinute.length, `from raise ${at} on`).toBeLessThanOrEqual(6);
        }
      }),
      { seed },
    );
  });

  it('comes to rest where the loop keeps it, when the load does, even if frames differ by a fifth', () => {
    fc.assert(
      fc.property(
        configured,
        fc.array(load, { maxLength: 5 }),
        fc.integer({ min: 1, max: 200 }),
        (most, loads, busyMs) => {
          const bench = new Bench(most);
          for (const { seconds, busyMs, swing, celsius } of loads)
            bench.run(seconds, noisy(busyMs, swing), celsius);
          const steady = noisy(busyMs, 0.2);
          bench.run(1, steady, 20);
          bench.run(600, steady);
          const { dropped } = bench;
          const settled = bench.changes.length;
          bench.run(300, steady);
          // At the very edge of a level, chance may change it late, but never back.
          expect(bench.changes.length).toBeLessThanOrEqual(settled + 1);
          expect(bench.dropped).toBe(dropped);
          const share = (bench.rate.framesPerSecond * busyMs) / 1_000;
          expect(share).toBeLessThan(0.95);
          if (bench.rate.isLowered) expect(share / 0.8).toBeGreaterThan(0.6);
        },
      ),
      { numRuns: 50, seed },
    );
  });
});
