import type { Clock } from '../../src/time/clock.ts';
import type { ServiceManager } from './service-manager.ts';
import type { SpoolProbe } from './spool-probe.ts';
import { type Signs, Wellness } from './wellness.ts';

/** Each try costs the card some kilobytes. */
const PROBE_MS = 60_000;

export interface WatchdogParts {
  readonly manager: Pick<ServiceManager, 'alive' | 'watchdogMs'>;
  readonly clock: Clock;
  readonly look: () => Omit<Signs, 'writes'>;
  readonly probe: SpoolProbe;
  readonly trouble: (error: unknown) => void;
}

/** Shows the service manager a sign of life, four times in the time that it waits for one, while `vision` is well. */
export class Watchdog {
  readonly #parts: WatchdogParts;
  readonly #beatMs: number | undefined;
  readonly #wellness = new Wellness();
  #probedMs = Number.NEGATIVE_INFINITY;
  #cancel = (): void => {};

  constructor(parts: WatchdogParts) {
    const { watchdogMs } = parts.manager;
    this.#parts = parts;
    this.#beatMs = watchdogMs === undefined ? undefined : watchdogMs / 4;
    if (this.#beatMs !== undefined) this.#beat(this.#beatMs);
  }

  stop(): void {
    this.#cancel();
  }

  #beat(beatMs: number): void {
    const { clock, probe, look, manager, trouble } = this.#parts;
    const nowMs = clock.monotonicMs();
    if (nowMs - this.#probedMs >= PROBE_MS) {
      this.#probedMs = nowMs;
      probe.try().catch(trouble);
    }
    const wrong = this.#wellness.judge({ ...look(), writes: probe.writes }, nowMs);
    if (wrong === undefined) manager.alive();
    else trouble(new Error(`${wrong}: the service manager is told nothing, and will begin anew`));
    this.#cancel = clock.after(beatMs, () => this.#beat(beatMs));
  }
}
