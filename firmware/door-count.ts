import { RandomDraws } from '../src/anonymise/draws.ts';
import type { RandomSource } from '../src/anonymise/random-source.ts';
import { type Release, Releaser } from '../src/anonymise/release.ts';
import { ReleaseSchedule } from '../src/anonymise/release-schedule.ts';
import type { Settings } from '../src/config/settings.ts';
import { Doorway } from '../src/count/doorway.ts';
import type { Track } from '../src/count/tracker.ts';
import { windowAt } from '../src/count/window-clock.ts';
import type { I420Layout } from '../src/frame/i420.ts';
import { LintelError } from '../src/lintel-error.ts';
import type { Spool } from '../src/spool/spool.ts';
import type { Clock } from '../src/time/clock.ts';
import { encodeReport } from '../src/wire/report-codec.ts';
import type { DeviceAddress } from '../src/wire/report-topic.ts';
import type { Signer } from '../src/wire/signature.ts';

export interface DoorCountParts {
  readonly settings: Settings;
  readonly windowSeconds: number;
  readonly layout: I420Layout;
  readonly spool: Spool;
  /** What the reports are signed for, and by. */
  readonly address: DeviceAddress;
  readonly signer: Signer;
  readonly random: RandomSource;
  readonly clock: Clock;
  /** Told of each window that begins, the first one at once. */
  readonly windowBegins: (startSeconds: number) => void;
  /** Told of each day that is reported. */
  readonly dayReported: (day: Release) => void;
  /** Told of what the disk refused, which is kept and tried again; and of a window that will not be reported. */
  readonly trouble: (error: unknown) => void;
}

const TICK_MS = 250;
const RETRY_MS = 10_000;
/** Time between two frames counts as watched up to this: a longer gap than the slowest camera's is one in which nobody looked. */
const LONGEST_GAP_MS = 1_500;

/** The way of a count: from tracks that cross the doorway to reports in the spool, each at its window's end. */
export class DoorCount {
  readonly #parts: DoorCountParts;
  readonly #doorway: Doorway;
  readonly #schedule: ReleaseSchedule;
  #windowStartSeconds = Number.NaN;
  #lookedAtMs = Number.NaN;
  #retryMs = 0;
  #cancelTick = (): void => {};

  constructor(parts: DoorCountParts) {
    const { settings, layout, spool, random, windowSeconds } = parts;
    this.#parts = parts;
    this.#doorway = new Doorway(settings.doorway, layout.width, layout.height);
    this.#schedule = new ReleaseSchedule({
      windowSeconds,
      timeZone: settings.site.timeZone,
      releaser: new Releaser(new RandomDraws(random), settings.anonymity.suppressBelow, settings.faces),
      isReleased: (level, startSeconds) => spool.isReleased(level, startSeconds),
      take: (release) => this.#report(release),
    });
    this.#tick();
  }

  /** The camera begins to watch: the time before this was not watched. */
  begin(): void {
    this.#lookedAtMs = Number.NaN;
  }

  /** Takes in the tracks of a frame that was looked at. */
  count(tracks: readonly Track[]): void {
    const { clock } = this.#parts;
    // What crosses now belongs to the window that is under way now.
    this.#schedule.close(clock.wallMs());
    const nowMs = clock.monotonicMs();
    const elapsedMs = nowMs - this.#lookedAtMs;
    this.#lookedAtMs = nowMs;
    if (elapsedMs <= LONGEST_GAP_MS) this.#schedule.watched(elapsedMs);
    const crossings = this.#doorway.crossings(tracks);
    for (let passed = 0; passed < crossings.in; passed++) this.#schedule.crossed('in');
    for (let passed = 0; passed < crossings.out; passed++) this.#schedule.crossed('out');
  }

  /** Releases nothing more; resolves when what was released is in the spool, or refused. */
  async stop(): Promise<void> {
    this.#cancelTick();
    await this.#place(this.#parts.spool.retry());
  }

  /** The report is the spool's from here on: what the disk refuses is kept and tried again, never drawn again. */
  #report(whole: Release): void {
    const { noiseStandardDeviation, ...release } = whole;
    const noiseDeviationThousandths = Math.round(noiseStandardDeviation * 1_000);
    const { address, signer, spool } = this.#parts;
    const bytes = encodeReport({ ...release, noiseDeviationThousandths }, address, signer);
    void this.#place(spool.release(release, bytes));
    if (release.level === 'day') this.#parts.dayReported(whole);
  }

  #place(placed: Promise<void>): Promise<void> {
    return placed.catch(this.#parts.trouble);
  }

  #tick(): void {
    const { clock, spool, windowSeconds, windowBegins } = this.#parts;
    this.#schedule.tick(clock.wallMs());
    const { startSeconds } = windowAt(clock.wallMs() / 1_000, windowSeconds);
    if (startSeconds !== this.#windowStartSeconds) {
      this.#windowStartSeconds = startSeconds;
      windowBegins(startSeconds);
      if (!this.#schedule.isToCome('window', startSeconds)) this.#parts.trouble(unreported(startSeconds));
    }
    if (clock.monotonicMs() >= this.#retryMs) {
      this.#retryMs = clock.monotonicMs() + RETRY_MS;
      if (spool.waiting > 0) void this.#place(spool.retry());
    }
    this.#cancelTick = clock.after(TICK_MS, () => this.#tick());
  }
}

function unreported(startSeconds: number): LintelError {
  const start = new Date(startSeconds * 1_000).toISOString();
  return new LintelError(
    'WINDOW_UNREPORTED',
    `nothing is reported of the window from ${start}: it was reported before, or the clock is not set; see that the clock is right`,
  );
}
