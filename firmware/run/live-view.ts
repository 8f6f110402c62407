import type { Settings } from '../../src/config/settings.ts';
import { describeReport } from '../../src/monitor/describe-report.ts';
import type { ReceivedReport } from '../../src/monitor/received-report.ts';
import type { VisionStatus } from '../vision-status.ts';
import type { TrueCrossings } from './true-crossings.ts';

export interface LiveViewOptions {
  readonly truth: TrueCrossings | undefined;
  /** Given in the demonstration only. */
  readonly windowSeconds: number | undefined;
}

/** Without a terminal, the state is told this often, and whenever it changes. */
const PLAIN_STATUS_SECONDS = 10;

/**
 * What a person sees of a run: a line for each report as the facilities side received it, and below, on a terminal,
 * one line that keeps up with the camera's state.
 */
export class LiveView {
  readonly #settings: Settings;
  readonly #truth: TrueCrossings | undefined;
  readonly #terminal = process.stdout.isTTY === true;
  #bottom = '';
  #before: VisionStatus | undefined;
  #sinceTold = PLAIN_STATUS_SECONDS;

  constructor(settings: Settings, { truth, windowSeconds }: LiveViewOptions) {
    this.#settings = settings;
    this.#truth = truth;
    const { broker, camera, anonymity, site } = settings;
    this.#print(
      `Lintel: ${site.name}/${site.device}, camera ${camera.driver}${camera.file ? ` of ${camera.file}` : ''}`,
    );
    this.#print(`Broker: ${broker.url} (try: npx lintel watch --broker ${broker.url})`);
    if (windowSeconds !== undefined) {
      this.#print(
        `For this demonstration, windows are ${windowSeconds} s long instead of 15 to 60 minutes, and the recording repeats.`,
      );
    }
    this.#print(
      `Noise is on: each number is the count plus noise (± two standard deviations); under ${anonymity.suppressBelow} ` +
        `it is only said to be so.${truth ? " 'True' is what the clip really shows, which vision does not know." : ''}`,
    );
    if (this.#terminal) this.#print("Space presses the resident's button, q or Ctrl-C ends.\n");
  }

  report(received: ReceivedReport): void {
    const { windowStartSeconds, windowSeconds } = received.report;
    const line = describeReport(received, this.#settings.site.timeZone);
    const fromMs = windowStartSeconds * 1_000;
    const truth = this.#truth?.between(fromMs, fromMs + windowSeconds * 1_000);
    this.#print(truth ? `${line}   [true: in ${truth.in}  out ${truth.out}]` : line);
  }

  status(status: VisionStatus): void {
    const before = this.#before;
    this.#before = status;
    this.#keepTruth(status, before);
    const text = describeStatus(status, before);
    if (this.#terminal) {
      this.#bottom = text;
      this.#draw();
      return;
    }
    const changed = before?.phase !== status.phase || before.sign !== status.sign;
    if (++this.#sinceTold >= PLAIN_STATUS_SECONDS || changed) {
      this.#sinceTold = 0;
      this.#print(text);
    }
  }

  note(text: string): void {
    this.#print(text);
  }

  close(): void {
    this.#bottom = '';
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

function describeStatus(status: VisionStatus, before: VisionStatus | undefined): string {
  const frames = before ? status.frames - before.frames : 0;
  return [
    `sign ${status.sign}, seen ${status.sense}`,
    status.optedOut ? 'OPTED OUT: sensor closed' : status.phase,
    status.fault ? `FAULT ${status.fault}` : undefined,
    `${frames} frames/s`,
    `model ${status.modelMs.toFixed(1)} ms`,
    `${status.coveredWhole} of ${status.frames} covered whole`,
    `${status.dropped} dropped`,
    `${status.residentMegabytes.toFixed(0)} MB`,
  ]
    .filter((part) => part !== undefined)
    .join(' | ');
}
