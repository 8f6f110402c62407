import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { LintelError } from '../../src/lintel-error.ts';
import type { Clock } from '../../src/time/clock.ts';
import type { Gpio } from '../gpio/gpio.ts';
import { GUARD_MARK } from './guarded-programs.ts';
import { GUARD_PROGRAM, type GuardedLines, guardArgument } from './running-guards.ts';
import { RunningProcess } from './running-process.ts';

const BEAT_MS = 500;
/** So many beats that the guard did not answer, and it counts as lost. */
const UNANSWERED = 10;

/**
 * `vision`'s side of the guard, a process that ends what `vision` leaves behind (see `guard-program.ts`). Each
 * watches the other: without its guard `vision` may not go on.
 */
export class Guard {
  readonly #process: ChildProcess;
  readonly #clock: Clock;
  readonly #lost: (error: LintelError) => void;
  #beatMs = Number.NEGATIVE_INFINITY;
  #unanswered = 0;
  #over = false;

  /**
   * Starts the guard; to be done before any line is claimed. Resolves when it guards.
   * @param aimFolder it is emptied when `vision` has ended
   * @param lost told once, when the guard has ended or hangs
   * @throws LintelError GUARD_FAILED
   */
  static async start(
    lines: GuardedLines,
    aimFolder: string,
    clock: Clock,
    lost: (error: LintelError) => void,
  ): Promise<Guard> {
    const { id } = RunningProcess.withPid(process.pid)!;
    const child = spawn(process.execPath, [GUARD_PROGRAM, guardArgument(lines), aimFolder, id], {
      // A session of its own: what is sent to everybody at the terminal is vision's to answer.
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, [GUARD_MARK]: undefined },
    });
    process.env[GUARD_MARK] = id;
    const [answer] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
    if (answer !== 'guarding')
      throw new LintelError('GUARD_FAILED', 'the guard did not start; see what it said');
    return new Guard(child, clock, lost);
  }

  private constructor(child: ChildProcess, clock: Clock, lost: (error: LintelError) => void) {
    this.#process = child;
    this.#clock = clock;
    this.#lost = lost;
    child.on('message', () => {
      this.#unanswered = 0;
    });
    child.once('exit', (status, signal) => this.#lose(`ended with ${signal ?? status}`));
    // A vision that ends in disorder is not kept from ending: what it leaves undone the guard does.
    child.unref();
    child.channel?.unref();
  }

  /** The same lines, but reading an input shows the guard that they are looked after. */
  beating(gpio: Gpio): Gpio {
    return {
      output: (line, initial) => gpio.output(line, initial),
      input: async (line) => {
        const input = await gpio.input(line);
        return {
          read: () => {
            const level = input.read();
            this.#beat();
            return level;
          },
          onChange: (listener) => input.onChange(listener),
        };
      },
      close: () => gpio.close(),
    };
  }

  /** Sensor closed, sign dark, lines given back: nothing is left to guard. Resolves when the guard is gone. */
  async dismiss(): Promise<void> {
    this.#over = true;
    const { exitCode, signalCode } = this.#process;
    if (exitCode !== null || signalCode !== null) return;
    this.#process.ref();
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }

  #beat(): void {
    const nowMs = this.#clock.monotonicMs();
    if (nowMs - this.#beatMs < BEAT_MS) return;
    this.#beatMs = nowMs;
    if (++this.#unanswered > UNANSWERED) this.#lose('does not answer');
    else this.#process.send('beat', () => {});
  }

  #lose(how: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#lost(new LintelError('GUARD_LOST', `the guard ${how}, and nothing watches without it`));
  }
}
