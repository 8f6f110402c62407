import type { Clock } from '../time/clock.ts';
import { type Effect, type InterlockEvent, type InterlockState, initialState, step } from './interlock.ts';

/** The lines that the interlock commands. A call that throws is reported; the read-back then tells the truth. */
export interface CommandedLines {
  setSign(lit: boolean): void;
  setAssist(active: boolean): void;
}

export interface Sensor {
  /** @throws when the sensor could not be opened; it is then known to be closed */
  open(): Promise<void>;
  /** From the call on no frame is processed; resolves when the sensor is known to be closed. */
  close(): Promise<void>;
}

/** Keeps the resident's choice over a power cut. */
export interface ChoiceStore {
  /** Resolves when the choice is durable. */
  save(optedOut: boolean): Promise<void>;
}

export interface KeeperTimes {
  /** How long a lit sign may take to be seen. */
  readonly lightMs: number;
  /** How long a sign that was told to be dark may be seen lit. */
  readonly darkMs: number;
  /** How long the sensor may take to open, and to close. */
  readonly sensorMs: number;
  /** How long a fault rests before the next try. */
  readonly retryMs: number;
  /** How long the assist line is held to call the other way in. */
  readonly assistMs: number;
  /** After how long an opt-out ends by itself; undefined: never. */
  readonly returnMs?: number | undefined;
  /** Without it aiming cannot be asked for. */
  readonly aim?: AimTimes | undefined;
}

export interface AimTimes {
  /** For how long from now on the presses that ask for it are looked for. */
  readonly askMs: number;
  /** A press that lasts longer is none of them. */
  readonly shortMs: number;
  /** They are all made within this; and when none was made for so long, another run may begin. */
  readonly runMs: number;
  /** How long it lasts. */
  readonly lastsMs: number;
}

export interface KeeperOptions {
  readonly lines: CommandedLines;
  readonly sensor: Sensor;
  readonly choice: ChoiceStore;
  readonly clock: Clock;
  readonly times: KeeperTimes;
  readonly optedOut: boolean;
  readonly sense: 'lit' | 'dark';
  readonly onChange?: (state: InterlockState, before: InterlockState) => void;
  readonly onError?: (doing: Effect, error: unknown) => void;
}

/** When a timed event is due, for as long as its condition holds. */
const TIMED: readonly {
  readonly event: InterlockEvent;
  readonly holds: (state: InterlockState, times: KeeperTimes) => boolean;
  readonly after: (times: KeeperTimes) => number;
}[] = [
  { event: 'lightTimeout', holds: ({ phase }) => phase === 'lighting', after: ({ lightMs }) => lightMs },
  {
    event: 'darkTimeout',
    holds: ({ phase, sense }) => (phase === 'dark' || phase === 'optedOut') && sense === 'lit',
    after: ({ darkMs }) => darkMs,
  },
  { event: 'openTimeout', holds: ({ phase }) => phase === 'opening', after: ({ sensorMs }) => sensorMs },
  { event: 'closeTimeout', holds: ({ phase }) => phase === 'closing', after: ({ sensorMs }) => sensorMs },
  { event: 'retryDue', holds: ({ phase }) => phase === 'fault', after: ({ retryMs }) => retryMs },
  {
    event: 'returnDue',
    holds: ({ optedOut, button }, { returnMs }) => optedOut && button === 'up' && returnMs !== undefined,
    after: ({ returnMs }) => returnMs!,
  },
  {
    event: 'pressLong',
    holds: ({ run, button }) => typeof run === 'number' && button !== 'up',
    after: ({ aim }) => aim!.shortMs,
  },
  { event: 'runLate', holds: ({ run }) => typeof run === 'number', after: ({ aim }) => aim!.runMs },
  {
    event: 'runOver',
    holds: ({ run, button }) => run !== 'closed' && run !== 'none' && button === 'up',
    after: ({ aim }) => aim!.runMs,
  },
  { event: 'runsOver', holds: ({ run }) => run !== 'closed', after: ({ aim }) => aim!.askMs },
  { event: 'aimingOver', holds: ({ aiming }) => aiming, after: ({ aim }) => aim!.lastsMs },
];

/** Feeds the interlock with what happens, and carries out what follows, one event at a time. */
export class InterlockKeeper {
  readonly #options: KeeperOptions;
  #state: InterlockState;
  readonly #events: InterlockEvent[] = [];
  #busy = false;
  #ending = false;
  /** Tells answers of an older attempt to open or close from those of the present one. */
  #attempt = 0;
  readonly #timers = new Map<InterlockEvent, () => void>();
  #endAssist: (() => void) | undefined;
  readonly #waiting: { readonly until: (state: InterlockState) => boolean; readonly resolve: () => void }[] =
    [];

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#state = initialState(options.optedOut, options.sense, options.times.aim !== undefined);
    this.#keepTimers();
  }

  get state(): InterlockState {
    return this.#state;
  }

  send(event: InterlockEvent): void {
    // What watching waited for may come when it is to end.
    if (this.#ending && event === 'start') return;
    this.#events.push(event);
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let next = this.#events.shift(); next; next = this.#events.shift()) this.#take(next);
    } finally {
      this.#busy = false;
    }
  }

  /** Resolves as soon as `until` holds. */
  async reached(until: (state: InterlockState) => boolean): Promise<void> {
    if (until(this.#state)) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push({ until, resolve });
    await promise;
  }

  /** Ends watching for good; resolves when the sensor is closed and the sign was told to be dark, after that. */
  async stop(): Promise<void> {
    this.#ending = true;
    this.send('stop');
    await this.reached(({ phase, sign }) => sign === 'dark' && ['dark', 'optedOut', 'fault'].includes(phase));
    this.#endAssist?.();
  }

  #take(event: InterlockEvent): void {
    const before = this.#state;
    const { state, effects } = step(before, event);
    this.#state = state;
    for (const effect of effects) {
      try {
        this.#carryOut(effect);
      } catch (error) {
        this.#options.onError?.(effect, error);
      }
    }
    this.#keepTimers();
    this.#options.onChange?.(state, before);
    for (const waiter of this.#waiting.splice(0)) {
      if (waiter.until(state)) waiter.resolve();
      else this.#waiting.push(waiter);
    }
  }

  #carryOut(effect: Effect): void {
    const { lines, times } = this.#options;
    switch (effect) {
      case 'lightSign':
        lines.setSign(true);
        break;
      case 'darkenSign':
        lines.setSign(false);
        break;
      case 'openSensor':
        this.#open();
        break;
      case 'closeSensor':
        this.#close();
        break;
      case 'saveChoice':
        this.#options.choice.save(this.#state.optedOut).then(
          () => this.send('choiceSaved'),
          (error) => {
            this.#options.onError?.(effect, error);
            this.send('choiceUnsaved');
          },
        );
        break;
      case 'acknowledge':
        this.#endAssist?.();
        this.#endAssist = this.#endLater(times.assistMs);
        lines.setAssist(true);
        break;
    }
  }

  #open(): void {
    const attempt = ++this.#attempt;
    this.#options.sensor.open().then(
      () => attempt === this.#attempt && this.send('opened'),
      (error) => {
        // One that was told to close meanwhile did as it was told.
        if (attempt !== this.#attempt) return;
        this.#options.onError?.('openSensor', error);
        this.send('openFailed');
      },
    );
  }

  #close(): void {
    const attempt = ++this.#attempt;
    this.#options.sensor.close().then(
      () => attempt === this.#attempt && this.send('closed'),
      (error) => {
        // Not known to be closed: the sign stays lit, and closing is tried again.
        this.#options.onError?.('closeSensor', error);
        this.#options.clock.after(
          this.#options.times.retryMs,
          () => attempt === this.#attempt && this.#close(),
        );
      },
    );
  }

  #endLater(afterMs: number): () => void {
    const end = (): void => {
      cancel();
      this.#endAssist = undefined;
      this.#options.lines.setAssist(false);
    };
    const cancel = this.#options.clock.after(afterMs, end);
    return end;
  }

  #keepTimers(): void {
    const { clock, times } = this.#options;
    for (const { event, holds, after } of TIMED) {
      const cancel = this.#timers.get(event);
      // Whatever ends, a sensor that does not close is told of.
      if ((this.#ending && event !== 'closeTimeout') || !holds(this.#state, times)) {
        cancel?.();
        this.#timers.delete(event);
      } else if (!cancel) {
        this.#timers.set(
          event,
          clock.after(after(times), () => {
            this.#timers.delete(event);
            this.send(event);
          }),
        );
      }
    }
  }
}
