import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../src/time/clock.ts';
import { RunningProcess } from '../system/running-process.ts';

/** Stands in the environment of a camera's program, and so of whatever that one starts or becomes. */
const CAMERA_MARK = 'LINTEL_CAMERA';

/** A program that was asked to end is ended after this. A sensor at one frame a second ends within its frame. */
const PATIENCE_MS = 2_000;
const AGAIN_MS = 20;

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
    let patient = true;
    const cancel = this.#clock.after(PATIENCE_MS, () => {
      patient = false;
    });
    const seen = new Map<string, RunningProcess>();
    const asked = new Set<string>();
    for (;;) {
      for (const process of this.#carriers()) seen.set(process.id, process);
      const left = [...seen.values()].filter(({ state }) => state !== 'gone');
      if (left.length === 0 && this.#over) break;
      for (const process of left) {
        // A shell that is just becoming another program lets the question pass: what it has become is asked again.
        const question = `${process.id} ${process.command}`;
        if (!patient) process.kill();
        else if (!asked.has(question)) process.kill('SIGINT');
        asked.add(question);
      }
      const again = delay(AGAIN_MS);
      await (this.#over ? again : Promise.race([this.ended, again]));
    }
    cancel();
  }

  #carriers(): RunningProcess[] {
    return RunningProcess.others().filter(({ environment }) => environment.includes(this.#mark));
  }
}
