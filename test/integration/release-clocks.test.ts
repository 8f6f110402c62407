import { describe, expect, it } from 'vitest';
import { RandomDraws } from '../../src/anonymise/draws.ts';
import { SystemRandom } from '../../src/anonymise/random-source.ts';
import { type Release, Releaser } from '../../src/anonymise/release.ts';
import { ReleaseSchedule } from '../../src/anonymise/release-schedule.ts';
import { SimulatedDisk } from '../../src/disk/simulated-disk.ts';
import { Outbox } from '../../src/spool/outbox.ts';
import { Spool } from '../../src/spool/spool.ts';
import { SeededRandom } from '../scene/seeded-random.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const folders = { spoolDir: '/spool', stateDir: '/state' };
const CUT = new Error('the power is gone');

/**
 * A camera's count with schedule, noise, spool and marks, on a disk that keeps only what was synced, under a wall clock
 * that anybody may set. What `uplink` could ever have seen is held against promise P8 at every minute.
 */
class Camera {
  readonly #timeZone: string;
  readonly #random: SeededRandom;
  #disk = new SimulatedDisk();
  #spool!: Spool;
  #schedule!: ReleaseSchedule;
  #placing: Promise<void> = Promise.resolve();
  #stepsLeft = Number.POSITIVE_INFINITY;
  nowMs: number;
  /** Every report that was ever in the outbox, and those that the spool said were safe. */
  readonly seen = new Map<string, string>();
  readonly #safe = new Set<string>();
  cuts = 0;

  constructor(timeZone: string, nowMs: number, random: SeededRandom) {
    this.#timeZone = timeZone;
    this.nowMs = nowMs;
    this.#random = random;
  }

  async start(): Promise<void> {
    this.#disk.onStep = () => {
      if (this.#stepsLeft-- <= 0) throw CUT;
    };
    this.#spool = await Spool.open({ ...folders, disk: this.#disk });
    this.#schedule = new ReleaseSchedule({
      windowSeconds: 3_600,
      timeZone: this.#timeZone,
      releaser: new Releaser(new RandomDraws(new SystemRandom()), 5, ['in', 'out']),
      isReleased: (level, start) => this.#spool.isReleased(level, start),
      take: (release) => this.#take(release),
    });
  }

  async pass(ms: number): Promise<void> {
    for (const untilMs = this.nowMs + ms; this.nowMs < untilMs; ) {
      this.nowMs = Math.min(untilMs, this.nowMs + 10 * MINUTE);
      this.#schedule.tick(this.nowMs);
      this.#schedule.watched(10 * MINUTE);
      for (let people = 0; people < 200; people++) this.#schedule.crossed('in');
      await this.#placing;
      if (this.#stepsLeft < 0) await this.restart();
      await this.#look();
    }
  }

  /** The power goes within the next few steps on the disk. */
  cutSoon(): void {
    this.#stepsLeft = Math.floor(this.#random.between(0, 12));
  }

  async restart(): Promise<void> {
    this.cuts++;
    await this.#placing;
    this.#stepsLeft = Number.POSITIVE_INFINITY;
    this.#disk = this.#disk.afterPowerCut({
      keepsName: () => this.#random.chance(0.5),
      keptBytes: (length) => Math.floor(length * this.#random.next()),
    });
    await this.start();
    await this.#look();
    for (const name of this.#safe) expect([...this.seen.keys()]).toContain(name);
  }

  #take(release: Release): void {
    expect(this.nowMs).toBeGreaterThanOrEqual((release.windowStartSeconds + release.windowSeconds) * 1_000);
    // A number that is drawn for this report alone tells two draws apart.
    const bytes = Buffer.from(JSON.stringify({ ...release, draw: this.#random.next() }));
    const placed = this.#spool.release(release, bytes);
    const name = `${release.level} ${release.windowStartSeconds}`;
    this.#placing = Promise.all([
      this.#placing,
      placed.then(
        () => void this.#safe.add(name),
        () => {},
      ),
    ]).then();
  }

  async #look(): Promise<void> {
    const outbox = await Outbox.open('/spool', this.#disk);
    for (const window of await outbox.list()) {
      const name = `${window.level} ${window.windowStartSeconds}`;
      const content = Buffer.from((await outbox.read(window))!).toString();
      expect(JSON.parse(content).windowStartSeconds).toBe(window.windowStartSeconds);
      expect(this.seen.get(name) ?? content).toBe(content);
      this.seen.set(name, content);
      // Sent, or not yet: what is gone from the outbox may not come again either.
      if (this.#random.chance(0.3)) await outbox.remove(window).catch(() => {});
    }
  }
}

describe('whatever is done to the clock and the power, no window is released twice or before its end', () => {
  const BEFORE = 12 * HOUR;
  it.each([
    ['Europe/Berlin, spring', 'Europe/Berlin', Date.UTC(2026, 2, 29, 1)],
    ['Europe/Berlin, autumn', 'Europe/Berlin', Date.UTC(2026, 9, 25, 1)],
    ['Lord Howe by half an hour, spring', 'Australia/Lord_Howe', Date.UTC(2026, 9, 3, 15, 30)],
    ['Lord Howe by half an hour, autumn', 'Australia/Lord_Howe', Date.UTC(2026, 3, 4, 15)],
    ['Cairo at midnight, spring', 'Africa/Cairo', Date.UTC(2026, 3, 23, 22)],
    ['Cairo at midnight, autumn', 'Africa/Cairo', Date.UTC(2026, 9, 29, 21)],
    ['Santiago at midnight, spring', 'America/Santiago', Date.UTC(2026, 8, 6, 4)],
    ['Santiago at midnight, autumn', 'America/Santiago', Date.UTC(2026, 3, 5, 3)],
  ])('%s', async (_, timeZone, change) => {
    let days = 0;
    let cuts = 0;
    for (let seed = 1; seed <= 3; seed++) {
      const random = new SeededRandom(seed);
      const camera = new Camera(timeZone, change - BEFORE, random);
      await camera.start();
      for (let event = 0; event < 14; event++) {
        const luck = random.next();
        if (luck < 0.5) await camera.pass(Math.floor(random.between(1, 15)) * HOUR);
        else if (luck < 0.65) camera.nowMs += Math.floor(random.between(-30, 30)) * HOUR;
        else if (luck < 0.7) camera.nowMs += 400 * 24 * HOUR;
        else if (luck < 0.75) camera.nowMs = change;
        else if (luck < 0.9) camera.cutSoon();
        else {
          // Back without network time: long ago, or where the clock stood when the power went.
          if (random.chance(0.5)) camera.nowMs = random.chance(0.5) ? 0 : change - BEFORE;
          await camera.restart();
        }
      }
      camera.nowMs = change + 500 * HOUR;
      await camera.pass(60 * HOUR);
      days += [...camera.seen.keys()].filter((name) => name.startsWith('day')).length;
      cuts += camera.cuts;
    }
    expect(days).toBeGreaterThan(6);
    expect(cuts).toBeGreaterThan(3);
  });

  it('and a day of daylight saving is as long as it is', async () => {
    const camera = new Camera('Australia/Lord_Howe', Date.UTC(2026, 3, 3), new SeededRandom(1));
    await camera.start();
    await camera.pass(72 * HOUR);
    const lengths = [...camera.seen]
      .filter(([name]) => name.startsWith('day'))
      .map(([, text]) => JSON.parse(text).windowSeconds / 3_600);
    expect(lengths).toContain(24.5);
  });
});
