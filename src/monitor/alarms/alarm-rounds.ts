import type { Clock } from '../../time/clock.ts';
import type { MonitorLog } from '../monitor-log.ts';
import { pause } from '../pause.ts';
import { ALARM_WORDS } from './alarm-kinds.ts';
import type { Alarm } from './alarm-store.ts';
import type { AlarmTopics } from './alarm-topics.ts';
import type { AlarmWatch } from './alarm-watch.ts';
import type { Webhook } from './webhook.ts';

export interface AlarmRoundsOptions {
  /** Made with the function that takes what it tells. */
  readonly watch: (tell: (alarm: Alarm) => void) => AlarmWatch;
  readonly topics: AlarmTopics | undefined;
  readonly webhook: Webhook | undefined;
  readonly clock: Clock;
  readonly log: MonitorLog;
  readonly looked: (states: Awaited<ReturnType<AlarmWatch['look']>>) => Promise<void>;
}

/** As often as this, or less often where looking takes longer than a fiftieth of it. */
const PAUSE_MS = 15_000;
const PAUSE_OF_LOOKING = 50;

/** Looks at all doors again and again, and tells everybody what is found. */
export class AlarmRounds {
  readonly #options: AlarmRoundsOptions;
  readonly #watch: AlarmWatch;
  #told: Alarm[] = [];

  constructor(options: AlarmRoundsOptions) {
    this.#options = options;
    this.#watch = options.watch((alarm) => this.#tell(alarm));
  }

  /** Runs until `signal` is aborted. What fails is in the log, and is tried again in the next round. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    while (!signal.aborted) {
      const beganMs = clock.monotonicMs();
      await this.look();
      const tookMs = clock.monotonicMs() - beganMs;
      await pause(clock, Math.max(PAUSE_MS, PAUSE_OF_LOOKING * tookMs), signal);
    }
  }

  async look(): Promise<void> {
    const { looked, topics } = this.#options;
    await this.#attempt('the doors cannot be looked at', async () => looked(await this.#watch.look()));
    const told = this.#told.splice(0);
    if (told.length > 0) {
      await this.#attempt('alarms are not published', async () => topics?.tell(told));
    }
  }

  /** For a new connection: what could not be published before is published now. */
  async publishAll(): Promise<void> {
    const { topics } = this.#options;
    await this.#attempt('alarms are not published', async () => topics?.tellAll(this.#nowSeconds));
  }

  get #nowSeconds(): number {
    return Math.floor(this.#options.clock.wallMs() / 1_000);
  }

  #tell(alarm: Alarm): void {
    const { site, device, kind, endedSeconds } = alarm;
    const details = { door: `${site}/${device}`, alarm: kind };
    if (endedSeconds === undefined) this.#options.log.warn(details, `alarm: ${ALARM_WORDS[kind]}`);
    else this.#options.log.info(details, 'alarm ended');
    this.#options.webhook?.tell(alarm);
    this.#told.push(alarm);
  }

  async #attempt(trouble: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#options.log.warn({ reason: error instanceof Error ? error.message : String(error) }, trouble);
    }
  }
}
