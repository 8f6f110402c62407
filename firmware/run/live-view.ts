import type { Settings } from '../../src/config/settings.ts';
import { describeReport } from '../../src/monitor/describe-report.ts';
import type { ReceivedReport } from '../../src/monitor/received-report.ts';
import type { VisionStatus } from '../vision-status.ts';
import { describeStatus, type StatusAt } from './describe-status.ts';
import { introduction } from './introduction.ts';
import type { TrueCrossings } from './true-crossings.ts';

/** Without a terminal, the state is told this often, and whenever it changes. */
const PLAIN_STATUS_SECONDS = 10;

/**
 * What a person sees of a run: a line for each report as the facilities side received it, and below, on a terminal,
 * one line that keeps up with the camera's state.
 */
export class LiveView {
  readonly #timeZone: string;
  readonly #truth: TrueCrossings | undefined;
  readonly #terminal = process.stdout.isTTY === true && process.env.TERM !== 'dumb';
  readonly #keys = this.#terminal && process.stdin.isTTY === true;
  #bottom = '';
  #before: StatusAt | undefined;
  #sinceTold = PLAIN_STATUS_SECONDS;
  #closed = false;

  constructor(settings: Settings, windowSeconds: number, truth: TrueCrossings | undefined) {
    this.#timeZone = settings.site.timeZone;
    this.#truth = truth;
    for (const line of introduction(settings, windowSeconds, truth !== undefined)) this.#print(line);
    if (this.#keys) this.#print("Space presses the resident's button, q or Ctrl-C ends.");
    this.#print('');
  }

  report(received: ReceivedReport): void {
    const { windowStartSeconds, windowSeconds } = received.report;
    const line = describeReport(received, this.#timeZone);
    const fromMs = windowStartSeconds * 1_000;
    const truth = this.#truth?.between(fromMs, fromMs + windowSeconds * 1_000);
    this.#print(truth ? `${line}  (true: in ${truth.in}  out ${truth.out})` : line);
  }

  /** @param waiting reports that the broker has not taken yet */
  status(status: VisionStatus, waiting: number): void {
    if (this.#closed) return;
    const before = this.#before;
    this.#before = { status, atMs: Date.now() };
    this.#keepTruth(status, before?.status);
    this.#bottom = describeStatus(this.#before, before, waiting, this.#keys);
    if (this.#terminal) {
      this.#draw();
      return;
    }
    const changed = before?.status.phase !== status.phase || before.status.sign !== status.sign;
    if (++this.#sinceTold >= PLAIN_STATUS_SECONDS || changed) {
      this.#sinceTold = 0;
      this.#print(this.#bottom);
    }
  }

  note(text: string): void {
    this.#print(text);
  }

  close(): void {
    this.#closed = true;
    if (this.#terminal) process.stdout.write('\r\x1b[K');
  }

  /** The recording begins anew whenever the sensor opens. */
  #keepTruth({ watchingSinceMs }: VisionStatus, before: VisionStatus | undefined): void {
    if (before?.watchingSinceMs === watchingSinceMs) return;
    if (before?.watchingSinceMs !== undefined) this.#truth?.ended(Date.now());
    if (watchingSinceMs !== undefined) this.#truth?.begun(watchingSinceMs);
  }

  #print(text: string): void {
    process.stdout.write(this.#terminal ? `\r\x1b[K${text}\n` : `${text}\n`);
    if (this.#terminal) this.#draw();
  }

  #draw(): void {
    const columns = process.stdout.columns || 80;
    process.stdout.write(`\r\x1b[K${this.#bottom.slice(0, columns - 1)}`);
  }
}
