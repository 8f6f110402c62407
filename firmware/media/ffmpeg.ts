import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { LintelError } from '../../src/lintel-error.ts';

/** What is kept of ffmpeg's messages: the beginning, where the reason is. */
const KEPT_CHARACTERS = 4_000;

/** One run of ffmpeg, with its standard input or output as a pipe, or with neither. */
export class Ffmpeg {
  readonly process: ChildProcess;
  readonly #file: string;
  readonly #writes: boolean;
  #said = '';
  /** Resolves when the program is gone; a number is its exit status. */
  readonly #gone: Promise<number | NodeJS.Signals | LintelError>;

  /** @param file what the run is about, for messages */
  constructor(file: string, args: readonly string[], pipe: 'stdin' | 'stdout' | 'none') {
    this.#file = file;
    this.#writes = pipe === 'stdin';
    this.process = spawn('ffmpeg', ['-nostdin', '-hide_banner', '-v', 'error', ...args], {
      stdio: [pipe === 'stdin' ? 'pipe' : 'ignore', pipe === 'stdout' ? 'pipe' : 'ignore', 'pipe'],
    });
    this.process.stdin?.on('error', () => {});
    this.process.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(0, KEPT_CHARACTERS);
    });
    this.#gone = once(this.process, 'close').then(
      ([status, signal]) => status ?? signal,
      (cause) =>
        new LintelError(
          'FFMPEG_MISSING',
          "'ffmpeg' cannot be started: install it with apt-get install ffmpeg",
          cause,
        ),
    );
  }

  /** Resolves when the program is gone, however it ended. */
  get gone(): Promise<unknown> {
    return this.#gone;
  }

  /** Waits for the end. @throws LintelError FFMPEG_MISSING, MEDIA_UNREADABLE or MEDIA_UNWRITABLE when it did not end well */
  async finished(): Promise<void> {
    const ended = await this.#gone;
    if (ended instanceof LintelError) throw ended;
    // Of a damaged recording ffmpeg reads what it can, complains, and calls that a success.
    if (ended === 0 && (this.#writes || this.#said === '')) return;
    const said = `(ffmpeg: ${firstReason(this.#said) || `it ended with ${ended}`})`;
    throw this.#writes
      ? new LintelError('MEDIA_UNWRITABLE', `cannot write ${this.#file} ${said}`)
      : new LintelError('MEDIA_UNREADABLE', `${this.#file} is no video or picture, or is damaged ${said}`);
  }

  /** Ends the program at once; resolves when it is gone. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    this.process.stdout?.destroy();
    await this.#gone;
  }
}

/** The first message, without the part of ffmpeg that it comes from and without the file's name. */
function firstReason(said: string): string {
  const [first = ''] = said.trim().split('\n');
  return first.replace(/^\[[^\]]*\] /, '').replace(/^file:.*?: /, '');
}
