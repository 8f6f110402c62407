import type { Clock } from '../../src/time/clock.ts';
import type { ServiceManager } from './service-manager.ts';
import type { SpoolProbe } from './spool-probe.ts';
import { type Signs, Wellness } from './wellness.ts';

/** Each try costs the card some kilobytes. */
const PROBE_MS = 60_000;
/** In the time that the service manager waits. */
const BEATS = 4;

export interface WatchdogParts {
  readonly manager: Pick<ServiceManager, 'alive' | 'watchdogMs'>;
  readonly clock: Clock;
  readonly look: () => Omit<Signs, 'writes'>;
  readonly probe: SpoolProbe;
  readonly trouble: (error: unknown) => void;
  /** Told once, when the service manager is about to end it. */
  readonly giveUp: () => void;
}

/**
 * Shows the service manager a sign of life, four times in the time that it waits for one, while `vision` is well. Just before that one
 * ends `vision` by force, `vision` is told to end by itself: a disk that never answers keeps a thread from being ended, and with it
 * whatever the process has open, but it does not keep the sensor from being closed.
 */
export class Watchdog {
  readonly #parts: WatchdogParts;
  readonly #beatMs: number | undefined;
  readonly #wellness = new Wellness();
  #probedMs = Number.NEGATIVE_INFINITY;
  #unwellInRow = 0;
  #cancel = (): void => {};

  constructor(parts: WatchdogParts) {
    const { watchdogMs } = parts.manager;
    this.#parts = parts;
    this.#beatMs = watchdogMs === undefined ? undefined : watchdogMs / BEATS;
    if (this.#beatMs !== undefined) this.#beat(this.#beatMs);
  }

  stop(): void {
    this.#cancel();
  }

  #beat(beatMs: number): void {
    const { clock, probe, look, manager, trouble, giveUp } = this.#parts;
    const nowMs = clock.monotonicMs();
    if (nowMs - this.#probedMs >= PROBE_MS) {
      this.#probedMs = nowMs;
      probe.try().catch(trouble);
    }
    const wrong = this.#wellness.judge({ ...look(), writes: probe.writes }, nowMs);
    this.#unwellInRow = wrong === undefined ? 0 : this.#unwellInRow + 1;
    if (wrong === undefined) manager.alive();
    else trouble(new Error(`${wrong}: the service manager is told nothing, and will begin anew`));
    if (this.#unwellInRow === BEATS - 1) giveUp();
    this.#cancel = clock.after(beatMs, () => this.#beat(beatMs));
  }
}
