import type { Clock } from '../../time/clock.ts';
import type { DeviceAddress } from '../../wire/report-topic.ts';
import type { BoardQuestion, DoorBoard } from './door-board.ts';
import type { ShownDoors } from './shown.ts';

/** Whoever writes into the store says so here. */
export interface ChangeSource {
  /** @param listener is told whenever something changed at a door. @returns a function that ends that */
  readonly onChange: (listener: (door: DeviceAddress) => void) => () => void;
}

/** What viewers are told: the board was read anew. */
export interface BoardNews {
  readonly version: number;
  /** At which sites something was known to change; there may be more, by other monitors. None when they are too many to name. */
  readonly sites: readonly string[];
}

/** Changes are gathered this long; the longer, the longer reading takes, so that it never takes more than a tenth of the time. */
const PACE_MS = 1_000;
const PACE_OF_READING = 10;
/** Other monitors write too, and a silence makes no sound. */
const TICK_MS = 30_000;

/** `EventStreams` ends one to which 64 KiB are on their way, as over TLS all is for a moment; a name has up to 64 signs. */
const MOST_SITES = 500;
/** Reading that takes no longer is waited for by whoever asks. */
const CHEAP_MS = 25;

/**
 * A `DoorBoard` that keeps up with the store: every half minute, and soon after a change while somebody looks. Whoever asks gets what
 * was read last when reading takes long, and is told by the news when it was read anew: a first view waits for nothing.
 */
export class LiveBoard {
  readonly #board: DoorBoard;
  readonly #clock: Clock;
  readonly #viewers = new Set<(news: BoardNews) => void>();
  readonly #stopListening: () => void;
  readonly #trouble: (error: unknown) => void;
  #sites = new Set<string>();
  #version = 0;
  #isStale = true;
  #readAtMs = Number.NEGATIVE_INFINITY;
  #paceMs = PACE_MS;
  #tookMs = 0;
  #reading: Promise<void> | undefined;
  #cancelNext: (() => void) | undefined;
  #isClosed = false;

  constructor(board: DoorBoard, clock: Clock, changes: ChangeSource, trouble: (error: unknown) => void) {
    this.#board = board;
    this.#clock = clock;
    this.#trouble = trouble;
    this.#stopListening = changes.onChange(({ site }) => {
      this.#isStale = true;
      this.#sites.add(site);
      this.#plan();
    });
  }

  get version(): number {
    return this.#version;
  }

  async shown(question: BoardQuestion): Promise<ShownDoors & { version: number }> {
    const ageMs = this.#clock.monotonicMs() - this.#readAtMs;
    const isDue = ageMs > TICK_MS || (this.#isStale && ageMs > this.#paceMs);
    if (this.#version === 0 || (isDue && this.#tookMs <= CHEAP_MS)) await this.read();
    return { ...this.#board.shown(question, this.#nowSeconds), version: this.#version };
  }

  get #nowSeconds(): number {
    return Math.floor(this.#clock.wallMs() / 1_000);
  }

  /** Reads at once whatever was read last, for one who changed something and is to see it. */
  async renew(site: string): Promise<void> {
    this.#sites.add(site);
    await this.#reading;
    await this.read();
  }

  /** @returns a function that ends it */
  watch(viewer: (news: BoardNews) => void): () => void {
    this.#viewers.add(viewer);
    this.#plan();
    return () => void this.#viewers.delete(viewer);
  }

  close(): void {
    this.#isClosed = true;
    this.#stopListening();
    this.#cancelNext?.();
    this.#viewers.clear();
  }

  /** The next reading: soon if something changed and somebody looks, else at the next tick. */
  #plan(): void {
    this.#cancelNext?.();
    if (this.#isClosed) return;
    const dueMs = this.#readAtMs + (this.#isStale && this.#viewers.size > 0 ? this.#paceMs : TICK_MS);
    this.#cancelNext = this.#clock.after(dueMs - this.#clock.monotonicMs(), () => {
      this.#cancelNext = undefined;
      void this.read().catch(this.#trouble);
    });
  }

  /** @throws the store's error */
  read(): Promise<void> {
    this.#reading ??= this.#readOnce().finally(() => {
      this.#reading = undefined;
      this.#plan();
    });
    return this.#reading;
  }

  async #readOnce(): Promise<void> {
    this.#isStale = false;
    const sites = this.#sites.size > MOST_SITES ? [] : [...this.#sites];
    this.#sites = new Set();
    const beganMs = this.#clock.monotonicMs();
    this.#readAtMs = beganMs;
    await this.#board.read(this.#nowSeconds);
    this.#tookMs = this.#clock.monotonicMs() - beganMs;
    this.#paceMs = Math.max(PACE_MS, PACE_OF_READING * this.#tookMs);
    this.#version++;
    for (const viewer of [...this.#viewers]) viewer({ version: this.#version, sites });
  }
}
