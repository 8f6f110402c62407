import type { Level } from '../../firmware/gpio/gpio.ts';

/** A level that lasts so long counts, even when every edge of it was missed. */
const NOTICED_MS = 90;
/** A shorter one never counts. */
const BOUNCE_MS = 25;
/** From the program's beginning until its lines are open. */
const OPENED_MS = 60;
/** From what counts until it is on disk. */
const SAVED_MS = 60;
const STUCK_MS = 10_100;

/**
 * What the line of the button says of the resident's choice, told by somebody who sees lines and frames alone, and
 * knows when the program ran. Where a press and the program's end were too close to tell, either may be true until
 * a frame or an acknowledgement shows which.
 *
 * It takes levels that last up to `BOUNCE_MS`, or over `NOTICED_MS`, not between.
 */
export class ButtonBelief {
  choice: 'watch' | 'optedOut' | 'either' = 'watch';
  #pressed = false;
  #sinceMs = 0;
  #bornMs: number | undefined;
  #press: Press | undefined;
  /** When the choice was last changed by the button, unless that was acknowledged. */
  #changedMs = Number.NEGATIVE_INFINITY;

  /** Whether frames may be looked at and shown at `nowMs`. */
  mayWatch(nowMs: number): boolean {
    this.#pass(nowMs);
    if (this.#press) return this.#press.letGo && this.#press.returns !== 'no';
    return this.choice !== 'optedOut';
  }

  watches(): void {
    if (this.#press) this.#press.returns = 'yes';
    else this.choice = 'watch';
  }

  acknowledged(nowMs: number): void {
    this.#pass(nowMs);
    this.choice = 'optedOut';
    this.#changedMs = Number.NEGATIVE_INFINITY;
    // What is acknowledged is the press under way, though it may be too short yet to have had to be noticed.
    if (this.#pressed) this.#press ??= { sinceMs: this.#sinceMs, letGo: false, returns: 'no' };
    if (this.#press) this.#press.returns = 'no';
  }

  button(level: Level, nowMs: number): void {
    this.#pass(nowMs);
    if (!this.#press) this.#mayHaveBeenNoticed(nowMs);
    else if (level === 0) this.#press.letGo = true;
    this.#pressed = level === 1;
    this.#sinceMs = nowMs;
  }

  begins(nowMs: number): void {
    this.#bornMs = nowMs;
  }

  ends(nowMs: number): void {
    this.#pass(nowMs);
    const returning = this.#press?.letGo && this.#press.returns !== 'no';
    if (returning || nowMs - this.#changedMs < SAVED_MS) this.choice = 'either';
    if (!this.#press) this.#mayHaveBeenNoticed(nowMs);
    this.#press = undefined;
    this.#bornMs = undefined;
  }

  #pass(nowMs: number): void {
    if (this.#bornMs === undefined) return;
    const noticedMs = Math.max(this.#sinceMs, this.#bornMs + OPENED_MS) + NOTICED_MS;
    if (nowMs < noticedMs) return;
    if (this.#pressed) {
      this.#press ??= this.#noticed(noticedMs);
      if (nowMs - this.#press.sinceMs >= STUCK_MS) {
        this.#press.returns = 'no';
        this.choice = 'optedOut';
      }
    } else if (this.#press) {
      if (this.#press.returns !== 'no') {
        this.choice = this.#press.returns === 'yes' ? 'watch' : 'either';
        this.#changedMs = noticedMs;
      }
      this.#press = undefined;
    }
  }

  #noticed(noticedMs: number): Press {
    const sinceMs = this.#sinceMs;
    const returns = this.choice === 'watch' || sinceMs < this.#bornMs! ? 'no' : this.#returns();
    if (returns === 'no' && this.choice !== 'optedOut') {
      this.choice = 'optedOut';
      this.#changedMs = noticedMs;
    }
    return { sinceMs, letGo: false, returns };
  }

  #returns(): Press['returns'] {
    const certainlySeenUp = this.#sinceMs >= this.#bornMs! + OPENED_MS;
    return this.choice === 'optedOut' && certainlySeenUp ? 'yes' : 'maybe';
  }

  /** A press was cut short by one end of the program's life. */
  #mayHaveBeenNoticed(nowMs: number): void {
    if (this.#bornMs === undefined || !this.#pressed) return;
    if (nowMs - Math.max(this.#sinceMs, this.#bornMs) <= BOUNCE_MS) return;
    const couldReturn = this.#sinceMs >= this.#bornMs;
    if (this.choice === 'watch' || couldReturn) this.choice = 'either';
  }
}

/** A press that counts, until its release does. */
interface Press {
  readonly sinceMs: number;
  /** Whether a first release was on the line. */
  letGo: boolean;
  /** Whether its release ends the opt-out. */
  returns: 'yes' | 'maybe' | 'no';
}
