import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomDraws } from './draws.ts';
import { SystemRandom } from './random-source.ts';
import { type Level, type Release, Releaser } from './release.ts';
import { ReleaseSchedule } from './release-schedule.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOON = Date.UTC(2026, 4, 10, 12);

/** A schedule whose releases are kept, with the marks that the spool would keep; it can be started anew. */
class Site {
  readonly releases: { release: Release; atMs: number }[] = [];
  readonly #marks = new Set<string>();
  schedule = this.#start();
  nowMs = NOON;
  /** Nothing is taken while this is so; `tried` is what was offered. */
  isFull = false;
  readonly tried: Release[] = [];

  #start(): ReleaseSchedule {
    return new ReleaseSchedule({
      windowSeconds: 3_600,
      timeZone: 'UTC',
      releaser: new Releaser(new RandomDraws(new SystemRandom()), 5, ['in', 'out']),
      isReleased: (level, start) => this.#marks.has(`${level} ${start}`),
      take: (release) => {
        this.tried.push(release);
        if (this.isFull) throw new Error('no space left on device');
        this.#marks.add(`${release.level} ${release.windowStartSeconds}`);
        this.releases.push({ release, atMs: this.nowMs });
      },
    });
  }

  restart(): void {
    this.schedule = this.#start();
  }

  /** Lets time pass, a tick a minute. */
  pass(ms: number): void {
    for (const untilMs = this.nowMs + ms; this.nowMs < untilMs; ) {
      this.nowMs = Math.min(untilMs, this.nowMs + MINUTE);
      try {
        this.schedule.tick(this.nowMs);
      } catch (error) {
        if (!this.isFull) throw error;
      }
      this.schedule.watched(MINUTE);
    }
  }

  starts(level: Level): number[] {
    return this.releases
      .filter(({ release }) => release.level === level)
      .map(({ release }) => release.windowStartSeconds * 1_000);
  }
}

describe('the schedule of releases', () => {
  it('releases every window at its end, whether or not anybody passed, and every day besides', () => {
    const site = new Site();
    site.pass(13 * HOUR);
    expect(site.starts('window')).toEqual(Array.from({ length: 13 }, (_, hour) => NOON + hour * HOUR));
    expect(site.starts('day')).toEqual([Date.UTC(2026, 4, 10)]);
    expect(
      site.releases.every(
        ({ release, atMs }) => atMs >= (release.windowStartSeconds + release.windowSeconds) * 1_000,
      ),
    ).toBe(true);
  });

  it('counts crossings in the window in which they were told, and in the day', () => {
    const site = new Site();
    site.pass(MINUTE);
    for (let passed = 0; passed < 500; passed++) site.schedule.crossed('in');
    site.pass(12 * HOUR);
    const values = (level: Level) =>
      site.releases.filter(({ release }) => release.level === level).map(({ release }) => release.in.value);
    // The noise is over 100 once in 10^21 times.
    expect(Math.abs(values('window')[0]! - 500)).toBeLessThan(100);
    expect(values('window')[1]).toBeLessThan(100);
    expect(Math.abs(values('day')[0]! - 500)).toBeLessThan(100);
  });

  it('hands a window that ended over at the next tick, and not when something is told in between', () => {
    const site = new Site();
    site.pass(HOUR - MINUTE);
    site.nowMs += MINUTE;
    site.schedule.close(site.nowMs);
    site.schedule.crossed('in');
    expect(site.releases).toEqual([]);
    site.pass(MINUTE);
    expect(site.starts('window')).toEqual([NOON]);
  });

  it('tells a window that was begun part-way by its low coverage', () => {
    const site = new Site();
    site.pass(20 * MINUTE);
    site.restart();
    site.pass(40 * MINUTE);
    expect(site.releases[0]?.release.coveragePercent).toBe(50);
  });

  it('does not release again what was released before the clock was set back', () => {
    const site = new Site();
    site.pass(2 * HOUR);
    site.nowMs -= 90 * MINUTE;
    site.pass(3 * HOUR);
    expect(site.starts('window')).toEqual([0, 1, 2].map((hour) => NOON + hour * HOUR));
  });

  it('releases nothing while the clock was not set since the power came', () => {
    const site = new Site();
    site.nowMs = 0;
    site.pass(26 * HOUR);
    expect(site.tried).toEqual([]);
    site.nowMs = NOON;
    site.pass(2 * HOUR);
    expect(site.starts('window')).toEqual([NOON, NOON + HOUR]);
  });

  it('releases nothing while the clock tells a time that no report can say', () => {
    const site = new Site();
    site.pass(2 * HOUR);
    site.nowMs = Date.UTC(2106, 1, 7, 7);
    site.pass(26 * HOUR);
    site.nowMs = NOON + 2 * HOUR;
    site.pass(2 * HOUR);
    expect(site.starts('window')).toEqual([0, 1, 2, 3].map((hour) => NOON + hour * HOUR));
  });

  it('goes on where it was after the clock was set a year ahead and back', () => {
    const site = new Site();
    site.pass(2 * HOUR);
    site.nowMs += 365 * 24 * HOUR;
    site.pass(2 * HOUR);
    site.nowMs -= 365 * 24 * HOUR;
    site.pass(3 * HOUR);
    const sorted = site.starts('window').sort((a, b) => a - b);
    expect(sorted.filter((start) => start < NOON + 24 * HOUR)).toEqual(
      [0, 1, 2, 4, 5, 6].map((hour) => NOON + hour * HOUR),
    );
  });

  it('keeps what was drawn until it is taken, and never draws it again', () => {
    const site = new Site();
    site.isFull = true;
    site.pass(90 * MINUTE);
    // Back into the window that waits to be taken, and through its end again.
    site.nowMs -= 60 * MINUTE;
    site.pass(2 * HOUR);
    expect(site.releases).toEqual([]);
    site.isFull = false;
    site.pass(MINUTE);
    expect(site.starts('window')).toEqual([0, 1].map((hour) => NOON + hour * HOUR));
    const first = site.releases[0]!.release;
    expect(
      site.tried.filter((tried) => tried.windowStartSeconds === first.windowStartSeconds).length,
    ).toBeGreaterThan(30);
    for (const tried of site.tried) {
      if (tried.windowStartSeconds === first.windowStartSeconds) expect(tried).toBe(first);
    }
  });

  it('releases no window twice, and none before its end, whatever the clock and the power do', () => {
    const event = fc.oneof(
      fc.record({ pass: fc.integer({ min: 1, max: 400 }) }),
      fc.record({ step: fc.integer({ min: -3_000, max: 3_000 }) }),
      fc.constant({ restart: true }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), (events) => {
        const site = new Site();
        for (const what of events) {
          if ('pass' in what) site.pass(what.pass * MINUTE);
          if ('step' in what) site.nowMs += what.step * MINUTE;
          if ('restart' in what) site.restart();
        }
        for (const level of ['window', 'day'] as const) {
          const starts = site.starts(level);
          expect(new Set(starts).size).toBe(starts.length);
        }
        for (const { release, atMs } of site.releases) {
          expect(atMs).toBeGreaterThanOrEqual((release.windowStartSeconds + release.windowSeconds) * 1_000);
        }
      }),
    );
  });
});
