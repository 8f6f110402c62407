import type { Level } from '../../firmware/gpio/gpio.ts';
import { type Choice, RunBelief, type Sure } from './run-belief.ts';

/** A level that lasts so long counts, even when every edge of it was missed. */
const NOTICED_MS = 90;
/** A shorter one never counts. */
const BOUNCE_MS = 25;
/** From a contact's first bounce to its last. */
const BOUNCES_MS = 100;
/** Steps on the disk, at most, until the lines are open; and until a choice is kept that was made during a save. */
const STEPS_TO_OPEN = 16;
const STEPS_TO_SAVE = 6;
const WORK_MS = 20;
const STUCK_MS = 10_100;
const AIMING_MS = 15 * 60_000;

/**
 * What the line of the button says of the resident's choice, told by somebody who sees lines and frames alone, and
 * knows when the program ran. Where a press and the program's end were too close to tell, either may be true until
 * a frame or an acknowledgement shows which.
 *
 * It takes levels that last up to `BOUNCE_MS`, or over `NOTICED_MS`, not between.
 */
export class ButtonBelief {
  choice: Choice = 'watch';
  readonly #openedMs: number;
  readonly #savedMs: number;
  #pressed = false;
  #sinceMs = 0;
  #bornMs: number | undefined;
  /** From when on the lines are open for certain. */
  #openMs = 0;
  #press: Press | undefined;
  /** When the choice was last changed by the button, unless that was acknowledged. */
  #changedMs = Number.NEGATIVE_INFINITY;
  /** When it last became doubtful what the button had changed. */
  #doubtMs = Number.NEGATIVE_INFINITY;
  readonly #runs = new RunBelief();
  /** From when on and until when it may be aimed. */
  #aimed = { fromMs: Number.POSITIVE_INFINITY, untilMs: Number.NEGATIVE_INFINITY };

  /** @param diskMs how long each step on the disk takes */
  constructor(diskMs: number) {
    this.#openedMs = STEPS_TO_OPEN * diskMs + WORK_MS;
    this.#savedMs = STEPS_TO_SAVE * diskMs + WORK_MS;
  }

  /** Whether frames may be looked at and shown at `nowMs`. */
  mayWatch(nowMs: number): boolean {
    this.#pass(nowMs);
    if (this.#press) return this.#press.letGo && this.#returns(this.#press, this.#sinceMs) !== 'no';
    return this.choice !== 'optedOut';
  }

  /** Whether a still may be there at `nowMs`. @param removedMs how long it takes to remove one */
  mayShow(nowMs: number, removedMs: number): boolean {
    this.#pass(nowMs);
    const { fromMs, untilMs } = this.#aimed;
    return nowMs >= fromMs && nowMs <= Math.min(untilMs, fromMs + AIMING_MS) + removedMs;
  }

  watches(): void {
    if (this.#press) this.#press.returns = 'yes';
    else this.choice = 'watch';
  }

  acknowledged(nowMs: number): void {
    this.#pass(nowMs);
    this.#openMs = Math.min(this.#openMs, nowMs);
    // A way back may be on the line already, of which the program has yet to take notice.
    if (nowMs - this.#doubtMs < NOTICED_MS) return;
    // It may be the press under way that is acknowledged, though it is too short yet to have had to be noticed.
    if (this.#pressed && this.choice !== 'optedOut') this.#press ??= this.#pressSince(this.#sinceMs);
    this.choice = 'optedOut';
    this.#changedMs = Number.NEGATIVE_INFINITY;
  }

  button(level: Level, nowMs: number): void {
    this.#pass(nowMs);
    if (!this.#press) this.#mayHaveBeenNoticed(nowMs);
    else if (level === 0) this.#letGo(this.#press, nowMs);
    this.#pressed = level === 1;
    this.#sinceMs = nowMs;
  }

  begins(nowMs: number): void {
    this.#bornMs = nowMs;
    this.#openMs = nowMs + this.#openedMs;
    this.#runs.begins(nowMs, this.#openMs, this.choice);
  }

  /** The program is about to end: aiming is over, and no press asks for it any more. */
  stopping(nowMs: number): void {
    this.#pass(nowMs);
    this.#runs.close();
    this.#endAiming(nowMs);
    const press = this.#press;
    if (press?.optsOut && press.returns !== 'no') press.returns = press.letGo ? 'maybe' : 'no';
  }

  ends(nowMs: number): void {
    this.#pass(nowMs);
    const returning = this.#press?.letGo && this.#returns(this.#press, this.#sinceMs) !== 'no';
    this.#endAiming(nowMs);
    if (returning || nowMs - this.#changedMs < this.#savedMs) this.choice = 'either';
    if (!this.#press) this.#mayHaveBeenNoticed(nowMs);
    this.#press = undefined;
    this.#bornMs = undefined;
  }

  #pass(nowMs: number): void {
    if (this.#bornMs === undefined) return;
    const noticedMs = Math.max(this.#sinceMs, this.#openMs) + NOTICED_MS;
    if (nowMs < noticedMs) return;
    if (this.#pressed) {
      this.#press ??= this.#noticed(noticedMs);
      if (nowMs - this.#press.sinceMs >= STUCK_MS) {
        this.#press.returns = 'no';
        this.choice = 'optedOut';
      }
    } else if (this.#press) {
      const returns = this.#returns(this.#press, this.#sinceMs);
      if (returns !== 'no') {
        this.choice = returns === 'yes' ? 'watch' : 'either';
        this.#changedMs = noticedMs;
      }
      this.#runs.released(this.#sinceMs, this.#press.optsOut ? returns : 'no');
      this.#press = undefined;
    }
  }

  #noticed(noticedMs: number): Press {
    const press = this.#pressSince(this.#sinceMs);
    this.#endAiming(noticedMs);
    if (press.optsOut && this.choice !== 'optedOut') {
      this.choice = 'optedOut';
      this.#changedMs = noticedMs;
    }
    return press;
  }

  #pressSince(sinceMs: number): Press {
    const aims = this.#runs.pressed(sinceMs, this.choice);
    if (this.choice === 'watch' || sinceMs < this.#bornMs!)
      return { sinceMs, letGo: false, optsOut: true, aims, returns: aims };
    const certain = this.choice === 'optedOut' && sinceMs >= this.#openMs + BOUNCES_MS;
    return { sinceMs, letGo: false, optsOut: false, aims, returns: certain ? 'yes' : 'maybe' };
  }

  #returns({ optsOut, returns }: Press, nowMs: number): Sure {
    return optsOut ? this.#runs.asOf(returns, nowMs) : returns;
  }

  #letGo(press: Press, nowMs: number): void {
    press.letGo = true;
    const mayAim = this.#runs.asOf(press.aims, nowMs) !== 'no';
    if (mayAim) this.#aimed = { fromMs: nowMs, untilMs: Number.POSITIVE_INFINITY };
  }

  #endAiming(nowMs: number): void {
    this.#aimed.untilMs = Math.min(this.#aimed.untilMs, nowMs);
  }

  /** A press was cut short by one end of the program's life. */
  #mayHaveBeenNoticed(nowMs: number): void {
    if (this.#bornMs === undefined || !this.#pressed) return;
    if (nowMs - Math.max(this.#sinceMs, this.#bornMs) <= BOUNCE_MS) return;
    this.#runs.mayHavePressed(this.#sinceMs, nowMs);
    const couldReturn = this.#sinceMs >= this.#bornMs;
    if (this.choice === 'optedOut' && !couldReturn) return;
    this.choice = 'either';
    this.#doubtMs = nowMs;
  }
}

/** A press that counts, until its release does. */
interface Press {
  readonly sinceMs: number;
  /** Whether a first release was on the line. */
  letGo: boolean;
  /** Whether it opts out, for certain. */
  readonly optsOut: boolean;
  /** Whether it is the fifth of a run. */
  readonly aims: Sure;
  /** Whether its release ends the opt-out. */
  returns: Sure;
}
