import type { TreeHead } from '../src/evidence/checkpoint.ts';
import type { EvidenceLog } from '../src/evidence/evidence-log.ts';
import { type Fact, recordTime, type StartedFact, type ToldState } from '../src/evidence/record.ts';
import type { DeviceAddress } from '../src/wire/report-topic.ts';
import type { DeviceFacts } from './device-facts.ts';

export interface DeviceEvidenceParts {
  readonly log: EvidenceLog;
  readonly address: DeviceAddress;
  readonly facts: DeviceFacts;
  /** Of the program's own source files. */
  readonly programSha256: Uint8Array;
  /** Told of what the disk refused; it is kept and tried again. */
  readonly trouble: (error: unknown) => void;
}

/** The end of a day, as its report tells it. */
export interface ToldDay {
  readonly windowStartSeconds: number;
  readonly windowSeconds: number;
  readonly coveragePercent: number;
}

/**
 * What is kept as evidence: no more than the status and the day's report say, and when they say it, so that it tells
 * nothing of people (promise P6).
 */
export class DeviceEvidence {
  readonly #log: EvidenceLog;
  readonly #trouble: (error: unknown) => void;
  readonly #start: Omit<StartedFact, 'time'>;
  /** The state that was told last. */
  #told: ToldState = 'running';

  constructor({ log, address, facts, programSha256, trouble }: DeviceEvidenceParts) {
    this.#log = log;
    this.#trouble = trouble;
    this.#start = {
      what: 'started',
      site: address.site,
      device: address.device,
      software: facts.software.join('.'),
      program: hex(programSha256),
      models: hex(facts.modelsSha256),
      settings: hex(facts.settingsSha256),
      sense: facts.sense,
    };
    const last = log.recent.at(-1);
    if (last && last.what !== 'started') this.#told = last.state;
  }

  get head(): TreeHead {
    return this.#log.head;
  }

  /** Resolves when all that was to be kept is, or was refused. */
  get settled(): Promise<void> {
    return this.#log.settled;
  }

  /** The program has begun. Not kept again when it does so again and again in one window, so that the log stays small. */
  started(timeSeconds: number): void {
    const fact = { time: recordTime(timeSeconds), ...this.#start };
    const last = this.#log.recent.findLast((record) => record.what === 'started');
    const isTold = Object.entries(fact).every(([key, value]) => last && Reflect.get(last, key) === value);
    if (isTold) return;
    this.#told = 'running';
    this.#add(fact);
  }

  /** A status says this. Kept when the one before said something else. */
  told(state: ToldState, timeSeconds: number): void {
    if (state === this.#told) {
      this.#log.retry().catch(this.#trouble);
    } else {
      this.#told = state;
      this.#add({ time: recordTime(timeSeconds), what: 'state', state });
    }
  }

  /** A day's report says this. */
  day({ windowStartSeconds, windowSeconds, coveragePercent }: ToldDay): void {
    this.#add({
      time: recordTime(windowStartSeconds + windowSeconds),
      what: 'day',
      from: recordTime(windowStartSeconds),
      seconds: windowSeconds,
      coverage: coveragePercent,
      state: this.#told,
      persons: 0,
    });
  }

  #add(fact: Fact): void {
    this.#log.add(fact).catch(this.#trouble);
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
