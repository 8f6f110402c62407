import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../src/time/clock.ts';
import { RunningProcess } from '../system/running-process.ts';

/** Stands in the environment of a camera's program, and so of whatever that one starts or becomes. */
const CAMERA_MARK = 'LINTEL_CAMERA';

/** A program that was asked to end is ended after this. A sensor at one frame a second ends within its frame. */
const PATIENCE_MS = 2_000;
const AGAIN_MS = 5;

/**
 * One run of a camera's program: what was started, what that became, and what it started in turn. It is known by a mark
 * in the environment, since not everything that starts a program tells its number.
 */
export class CameraProgram {
  /** Resolves with words on how it ended, when what was started is gone. */
  readonly ended: Promise<string>;
  readonly #mark: string;
  readonly #clock: Clock;
  #over = false;

  /** @param start starts the program with `mark` added to its environment, and resolves when it is gone */
  constructor(start: (mark: Record<string, string>) => Promise<string>, clock: Clock) {
    const id = randomUUID();
    this.#mark = `${CAMERA_MARK}=${id}`;
    this.#clock = clock;
    this.ended = start({ [CAMERA_MARK]: id }).finally(() => {
      this.#over = true;
    });
  }

  /** Asks the program to end, and ends it if it does not; resolves when nothing of it is left. */
  async end(): Promise<void> {
    const late = Promise.withResolvers<void>();
    let patient = true;
    const cancel = this.#clock.after(PATIENCE_MS, () => {
      patient = false;
      late.resolve();
    });
    const asked = new Set<string>();
    for (let found = this.#processes(); found.length > 0 || !this.#over; found = this.#processes()) {
      for (const process of found) {
        if (!patient) process.kill();
        else if (!asked.has(process.id)) process.kill('SIGINT');
        asked.add(process.id);
      }
      // One that is just becoming another program has no environment for a moment.
      const left = found.length > 0 ? Promise.all(found.map((process) => process.ended())) : delay(AGAIN_MS);
      await (patient ? Promise.race([left, late.promise]) : left);
    }
    cancel();
  }

  #processes(): RunningProcess[] {
    return RunningProcess.others().filter(({ environment }) => environment.includes(this.#mark));
  }
}
