import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Set when a task is on its way out (Linux, include/linux/sched.h). */
const PF_EXITING = 0x4;
const POLL_MS = 2;

/** - `leaves`: no code of its own runs any more, but files and devices that it had open may still be */
export type ProcessState = 'runs' | 'leaves' | 'gone';

/** A process, told by its number and its start time, so that a later one with the same number is never meant. */
export class RunningProcess {
  readonly pid: number;
  readonly #startTicks: string;

  private constructor(pid: number, startTicks: string) {
    this.pid = pid;
    this.#startTicks = startTicks;
  }

  /** The process that has this number now. */
  static withPid(pid: number): RunningProcess | undefined {
    const stat = readStat(pid);
    return stat && new RunningProcess(pid, stat.startTicks);
  }

  /** @param id as another one's `id` says */
  static withId(id: string): RunningProcess {
    const [pid, startTicks] = id.split('@');
    return new RunningProcess(Number(pid), startTicks!);
  }

  /** Every other process of this user. */
  static others(): RunningProcess[] {
    const user = process.geteuid!();
    return RunningProcess.all().filter(({ pid }) => pid !== process.pid && ownerOf(pid) === user);
  }

  /** Every process that can be seen, of every user. */
  static all(): RunningProcess[] {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0)
      .flatMap((pid) => RunningProcess.withPid(pid) ?? []);
  }

  /** No other process has it until the machine is started again. */
  get id(): string {
    return `${this.pid}@${this.#startTicks}`;
  }

  startedBefore(other: RunningProcess): boolean {
    return (Number(this.#startTicks) - Number(other.#startTicks) || this.pid - other.pid) < 0;
  }

  get state(): ProcessState {
    const stat = readStat(this.pid);
    if (!stat || stat.startTicks !== this.#startTicks) return 'gone';
    // The first thread may be dead and waiting for the others, which hold everything open as long.
    if ('ZX'.includes(stat.state) && stat.threads <= 1) return 'gone';
    return stat.flags & PF_EXITING ? 'leaves' : 'runs';
  }

  /** Its program and arguments; none when it leaves or may not be asked. */
  get command(): string[] {
    return this.#list('cmdline');
  }

  /** The environment that it was started with, as NAME=value; none when it leaves or may not be asked. */
  get environment(): string[] {
    return this.#list('environ');
  }

  /** Paths of what it has open; none when it is gone or may not be asked. */
  get openFiles(): string[] {
    const folder = `/proc/${this.pid}/fd`;
    const descriptors = ask(() => readdirSync(folder)) ?? [];
    return descriptors.flatMap((descriptor) => ask(() => readlinkSync(`${folder}/${descriptor}`)) ?? []);
  }

  kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    if (this.state === 'gone') return;
    try {
      process.kill(this.pid, signal);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  /** Resolves when it is gone and nothing that it had open is open any more. */
  async ended(): Promise<void> {
    while (this.state !== 'gone') await delay(POLL_MS);
  }

  #list(file: string): string[] {
    return read(this.pid, file)?.split('\0').slice(0, -1) ?? [];
  }
}

/** Of `/proc/PID/stat` (proc_pid_stat(5)), what is used. */
function readStat(
  pid: number,
): { state: string; flags: number; threads: number; startTicks: string } | undefined {
  const text = read(pid, 'stat');
  if (text === undefined) return undefined;
  // The name before it stands in brackets, and may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return {
    state: fields[0]!,
    flags: Number(fields[6]),
    threads: Number(fields[17]),
    startTicks: fields[19]!,
  };
}

function read(pid: number, file: string): string | undefined {
  return ask(() => readFileSync(`/proc/${pid}/${file}`, 'utf8'));
}

/** Undefined when the process is gone or may not be asked. */
function ask<T>(question: () => T): T | undefined {
  try {
    return question();
  } catch (error) {
    if (isGone(error) || (error as NodeJS.ErrnoException).code === 'EACCES') return undefined;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return ['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code!);
}

function ownerOf(pid: number): number | undefined {
  return statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.uid;
}
