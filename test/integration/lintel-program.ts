import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const LINTEL = fileURLToPath(new URL('../../firmware/lintel.ts', import.meta.url));

export interface ProgramOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** A shell's way to start the program, in which "$@" is its command line. */
  readonly shell?: string;
  /** Whoever started it ends it; else the test does. */
  readonly outlivesTest?: boolean;
}

/** `lintel` as a person or a script starts it. */
export class LintelProgram {
  readonly process;
  /** All that was written so far. */
  out = '';
  err = '';
  /** Resolves with the exit code or the signal's name, when all output was read. */
  readonly ended: Promise<number | string>;

  constructor(args: readonly string[], { env, cwd, shell, outlivesTest }: ProgramOptions = {}) {
    const command = [process.execPath, LINTEL, ...args];
    const [file, ...rest] = shell === undefined ? command : ['bash', '-c', shell, 'bash', ...command];
    this.process = spawn(file!, rest, { cwd, env: { ...process.env, ...env } });
    this.process.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.out += text;
    });
    this.process.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.err += text;
    });
    this.ended = once(this.process, 'close').then(([status, signal]) => status ?? signal);
    if (!outlivesTest) onTestFinished(() => void this.process.kill('SIGKILL'));
  }

  get pid(): number {
    return this.process.pid!;
  }

  /** Resolves when the standard output matches, from its character `from` on. @throws when it ended before */
  async said(pattern: RegExp, from = 0): Promise<void> {
    while (!pattern.test(this.out.slice(from))) {
      const more = once(this.process.stdout, 'data').then(() => 'more');
      if ((await Promise.race([more, this.ended])) === 'more') continue;
      throw new Error(`ended before it said ${pattern}: ${this.out}\n${this.err}`);
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }
}

/** Runs `lintel` to its end. */
export async function lintel(...args: readonly string[]) {
  const program = new LintelProgram(args);
  const code = await program.ended;
  return { code, out: program.out, err: program.err };
}
