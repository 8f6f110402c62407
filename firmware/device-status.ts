import type { Fault, InterlockState } from '../src/interlock/interlock.ts';
import type { StatusFiles, StatusKind } from '../src/spool/status-files.ts';
import type { DeviceAddress } from '../src/wire/report-topic.ts';
import type { Signer } from '../src/wire/signature.ts';
import type { DeviceState } from '../src/wire/status.ts';
import { encodeStatus } from '../src/wire/status-codec.ts';
import type { DeviceEvidence } from './device-evidence.ts';
import type { DeviceFacts } from './device-facts.ts';

/** A choice that could not be saved is told like a broken camera: only a press of the button saves one. */
const TOLD_AS: Record<Fault, Exclude<DeviceState, 'lost'>> = {
  signDark: 'fault-sign',
  signLit: 'fault-sign',
  sensor: 'fault-device',
  sensorStuck: 'fault-device',
  choiceUnsaved: 'fault-device',
};

export interface DeviceStatusParts {
  readonly address: DeviceAddress;
  readonly facts: DeviceFacts;
  readonly signer: Signer;
  readonly files: StatusFiles;
  /** Every status carries its newest checkpoint. */
  readonly evidence: DeviceEvidence;
  /** Told of what the disk refused; it is written at the next time. */
  readonly trouble: (error: unknown) => void;
}

/**
 * Tells the facilities side how the device is, and nothing of people (promise P6): it is written at the start and
 * when a window ends, never when something happens, and what it says changes only by what is broken. A fault lasts
 * until the camera was seen to watch again; if it ended with a press of the button, that press could be read here.
 */
export class DeviceStatus {
  readonly #parts: DeviceStatusParts;
  #state: Exclude<DeviceState, 'lost'> = 'running';
  #isBegun = false;
  #timeSeconds = 0;
  #lostIsWritten = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(parts: DeviceStatusParts) {
    this.#parts = parts;
  }

  /** Resolves when all that was to be written is, or was refused. */
  get settled(): Promise<void> {
    return this.#writing;
  }

  noticed({ fault, phase }: InterlockState): void {
    if (fault) this.#state = TOLD_AS[fault];
    else if (phase === 'watching') this.#state = 'running';
  }

  /** The program has begun, or a window has ended. @param timeSeconds the last window boundary */
  write(timeSeconds: number): void {
    this.#timeSeconds = timeSeconds;
    const { evidence } = this.#parts;
    if (this.#isBegun) evidence.told(this.#state, timeSeconds);
    else evidence.started(timeSeconds);
    this.#isBegun = true;
    if (!this.#lostIsWritten) {
      this.#put('lost', 'lost', () => {
        this.#lostIsWritten = true;
      });
    }
    this.#put('current', this.#state);
  }

  /** Nothing was watched in this run, and nothing will be: no model can be loaded, or the settings do not allow it. */
  neverWatches(state: 'fault-model' | 'fault-device'): void {
    this.#state = state;
    this.#parts.evidence.told(this.#state, this.#timeSeconds);
    this.#put('current', this.#state);
  }

  #put(kind: StatusKind, state: DeviceState, done = (): void => {}): void {
    const { address, facts, signer, files, evidence, trouble } = this.#parts;
    const { settled } = evidence;
    const status = { ...facts, state, timeSeconds: this.#timeSeconds };
    this.#writing = this.#writing
      .then(() => settled)
      .then(() => files.write(kind, encodeStatus({ ...status, evidence: evidence.head }, address, signer)))
      .then(done, trouble);
  }
}
