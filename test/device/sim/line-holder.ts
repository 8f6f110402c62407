import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { GpioDriver } from '../../../firmware/gpio/open-gpio.ts';
import { RunningProcess } from '../../../firmware/system/running-process.ts';
import { kill } from './kill.ts';

const program = join(import.meta.dirname, 'hold-output.ts');

/** Another program, which drives a line high. */
export class LineHolder implements AsyncDisposable {
  /** What that program has started, and does not take along when it is killed. */
  readonly child: RunningProcess;
  readonly #program: ChildProcess;

  private constructor(program: ChildProcess, child: RunningProcess) {
    this.#program = program;
    this.child = child;
  }

  /**
   * @param options.wrapper a command that runs the program's
   * @param options.assist has the program guarded, with this line besides its own
   * @throws Error with what the program said, if it ends
   */
  static async start(
    driver: GpioDriver,
    label: string,
    line: number,
    { wrapper = [], assist }: { wrapper?: readonly string[]; assist?: number } = {},
  ): Promise<LineHolder> {
    const lines = [line, assist ?? []].flat().map(String);
    const [command, ...args] = [...wrapper, process.execPath, program, driver, label, ...lines];
    const holder = spawn(command!, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const complaint = text(holder.stderr);
    const [said] = await Promise.race([once(holder.stdout, 'data'), once(holder, 'exit')]);
    const child = Buffer.isBuffer(said) && RunningProcess.withPid(Number(said));
    if (!child) throw new Error(await complaint);
    return new LineHolder(holder, child);
  }

  /** Kills the program, and waits until it is gone. */
  async kill(): Promise<void> {
    await kill(this.#program);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#program.signalCode === null) await this.kill();
    this.child.kill();
  }
}
