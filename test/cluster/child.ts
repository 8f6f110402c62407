import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { LintelError } from '../../src/lintel-error.ts';

const LINTEL = fileURLToPath(new URL('../../firmware/lintel.ts', import.meta.url));

/** A program that ends with the test, however that ends. What it says is kept in a file. */
export class Child {
  readonly #what: string;
  readonly #process: ChildProcess;
  readonly #lines: string[] = [];
  readonly #ended: Promise<number | string>;
  #heard: (() => void)[] = [];
  #isOver = false;

  constructor(command: readonly string[], logFile: string, env: NodeJS.ProcessEnv = process.env) {
    this.#what = logFile;
    this.#process = spawn('setpriv', ['--pdeathsig=KILL', ...command], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env,
    });
    const log = createWriteStream(logFile, { flags: 'a' });
    for (const stream of [this.#process.stdout!, this.#process.stderr!]) {
      createInterface({ input: stream }).on('line', (line) => {
        log.write(`${line}\n`);
        this.#lines.push(line);
        this.#wake();
      });
    }
    this.#ended = once(this.#process, 'close').then(([status, signal]) => {
      this.#isOver = true;
      log.end();
      this.#wake();
      return status ?? signal;
    });
  }

  static lintel(args: readonly string[], logFile: string): Child {
    return new Child([process.execPath, LINTEL, ...args], logFile);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** All lines so far that match. */
  all(pattern: RegExp): string[] {
    return this.#lines.filter((line) => pattern.test(line));
  }

  /** Resolves to the line that matches. @param seen so many that match were there before. @throws LintelError CHILD_ENDED */
  async said(pattern: RegExp, seen = 0): Promise<string> {
    for (;;) {
      const found = this.all(pattern)[seen];
      if (found !== undefined) return found;
      if (this.#isOver) {
        const last = this.#lines.slice(-5).join('\n');
        throw new LintelError('CHILD_ENDED', `${this.#what} ended before it said ${pattern}:\n${last}`);
      }
      await new Promise<void>((resolve) => this.#heard.push(resolve));
    }
  }

  /** @returns its status, or the signal that ended it */
  async end(signal: NodeJS.Signals): Promise<number | string> {
    if (!this.#isOver) this.#process.kill(signal);
    return this.#ended;
  }

  #wake(): void {
    for (const resolve of this.#heard.splice(0)) resolve();
  }
}
