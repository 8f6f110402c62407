import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { GUARD_MARK } from '../system/guarded-programs.ts';

/**
 * Runs a tool that holds GPIO lines for as long as it lives. The shell around it outlives this program: when that
 * ends in whatever way, the tool goes on for half a second, so that a sign stays lit until the camera's program has
 * found nobody reading and ended too, and is then ended, so that the lines are free for the next start.
 */
const GUARD = `
exec 3<&0
"$@" </dev/null 3<&- & tool=$!
{ read -r _ <&3; sleep 0.5; kill "$tool"; } >/dev/null 2>&1 & guard=$!
wait "$tool"; status=$?
kill "$guard"
exit "$status"
`;

export interface HeldToolListener {
  /** A line that the tool printed after its first. */
  printed?(line: string): void;
  /** The tool ended though nobody stopped it. */
  lost(reason: Error): void;
}

/** A tool of libgpiod, started with --banner, so that its first line says that it holds its GPIO lines. */
export class HeldTool {
  readonly #shell: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #ended: Promise<Error>;
  #stopped = false;

  /** Resolves when the tool holds its lines. @throws Error with what it complained of */
  static async start(command: string[], listener: HeldToolListener): Promise<HeldTool> {
    const tool = new HeldTool(command);
    const banner = Promise.withResolvers<undefined>();
    let holds = false;
    let rest = '';
    tool.#shell.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop()!;
      for (const line of lines) {
        if (holds) listener.printed?.(line);
        holds = true;
        banner.resolve(undefined);
      }
    });
    const refused = await Promise.race([banner.promise, tool.#ended]);
    if (refused) throw refused;
    void tool.#ended.then((reason) => {
      if (!tool.#stopped) listener.lost(reason);
    });
    return tool;
  }

  private constructor(command: string[]) {
    // In a session of its own: a Ctrl-C at the terminal is this program's to answer, not the tool's.
    this.#shell = spawn('sh', ['-c', GUARD, 'sh', ...command], {
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      // Not the guard's to end: it holds its line until the camera's program has ended.
      env: { ...process.env, LC_ALL: 'C', [GUARD_MARK]: undefined },
    });
    let complaint = '';
    this.#shell.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(0, 1000);
    });
    this.#ended = new Promise((resolve) => {
      this.#shell.once('error', resolve);
      this.#shell.once('close', (code) =>
        resolve(new Error(complaint.trim() || `${command[0]} ended with ${code}`)),
      );
    });
  }

  /** Ends the tool. When this resolves, its lines are free. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#shell.exitCode === null && this.#shell.signalCode === null)
      process.kill(-this.#shell.pid!, 'SIGKILL');
    await this.#ended;
  }
}
