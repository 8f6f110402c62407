import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const LINTEL = fileURLToPath(new URL('../lintel.ts', import.meta.url));
/** Node keeps what it made of the sources here; without it every thread holds a copy of the type stripper. */
const COMPILE_CACHE = fileURLToPath(new URL('../../build/compile-cache', import.meta.url));
/** How long a program that was asked to end may take. */
const END_MS = 10_000;

/** One of the two programs, started as a process of its own; its log comes as one JSON object a line. */
export class ChildProgram {
  readonly #process: ChildProcess;
  /** Resolves when all it said was heard, with the exit status or with the signal's name. */
  readonly ended: Promise<number | string>;

  constructor(name: string, args: readonly string[], onLine: (line: Record<string, unknown>) => void) {
    // A process group of its own: Ctrl-C reaches this process alone, which ends the programs in their order. The
    // channel carries nothing: its end tells the program that this process is gone.
    this.#process = spawn(process.execPath, [LINTEL, name, ...args], {
      stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
      detached: true,
      env: { NODE_COMPILE_CACHE: COMPILE_CACHE, NODE_NO_WARNINGS: '1', ...process.env },
    });
    for (const stream of [this.#process.stdout!, this.#process.stderr!]) {
      createInterface({ input: stream }).on('line', (line) => onLine(parsed(line)));
    }
    this.#process.stdin!.on('error', () => {});
    this.ended = once(this.#process, 'close').then(([status, signal]) => status ?? signal);
  }

  /** Sends a line to the program's standard input. */
  tell(line: string): void {
    this.#process.stdin!.write(`${line}\n`);
  }

  /** Asks the program to end, and makes it end if it does not. */
  async end(): Promise<number | string> {
    this.#process.kill('SIGTERM');
    const kill = setTimeout(() => this.#process.kill('SIGKILL'), END_MS);
    const status = await this.ended;
    clearTimeout(kill);
    return status;
  }
}

/** A line that is no JSON object is a message of its own. */
function parsed(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {}
  return { level: 50, msg: line.replace(/^lintel: /, '') };
}
