import { ButtonBelief } from './button-belief.ts';
import type { Happening } from './happening.ts';

/** How long a sign may be out of sight before the sensor has been told to close. */
const SENSE_LOST_MS = 100;

/** A still that is being written when aiming ends still appears, and is removed after it. */
const REMOVE_STEPS = 10;
const NOTICED_MS = 100;

/**
 * Holds what happened at a door against promises P1 and P2. It knows levels of lines, what the sensor did, when frames
 * were looked at and shown, and when the program ran; of the program's own state it knows nothing.
 */
export class Witness {
  readonly violations: string[] = [];
  /** How many stills there were. */
  stills = 0;
  readonly #button: ButtonBelief;
  readonly #removedMs: number;
  #still = false;
  readonly #lit = { sign: false, sense: false };
  #sensedMs = Number.NEGATIVE_INFINITY;
  #sensor: 'closed' | 'open' | 'told to close' = 'closed';

  /** @param diskMs how long each step on the disk takes */
  constructor(diskMs: number) {
    this.#button = new ButtonBelief(diskMs);
    this.#removedMs = REMOVE_STEPS * diskMs + NOTICED_MS;
  }

  /** What the resident has chosen, as far as it can be told from outside. */
  get choice(): ButtonBelief['choice'] {
    return this.#button.choice;
  }

  take(happening: Happening): void {
    const { atMs } = happening;
    if (this.#lit.sense) this.#sensedMs = atMs;
    if (this.#sensor === 'open' && !this.#sensed(atMs)) this.#violated(happening, 'a sensor without a sign');
    if (this.#still && !this.#button.mayShow(atMs, this.#removedMs))
      this.#violated(happening, 'a still while nothing is aimed');
    switch (happening.what) {
      case 'still':
        this.#still = happening.shown;
        if (happening.shown) this.stills++;
        if (happening.shown && !this.#button.mayShow(atMs, this.#removedMs))
          this.#violated(happening, 'nothing is aimed');
        break;
      case 'level':
        this.#level(happening);
        break;
      case 'sensor':
        this.#sensorDid(happening);
        break;
      case 'frame':
        this.#frame(happening);
        break;
      case 'stop':
        this.#button.stopping(atMs);
        break;
      case 'program':
        if (happening.runs) this.#button.begins(atMs);
        else this.#button.ends(atMs);
        break;
    }
  }

  #level(happening: Happening & { what: 'level' }): void {
    const { line, level, atMs } = happening;
    if (line === 'button') this.#button.button(level, atMs);
    else if (line === 'assist') {
      if (level === 1) this.#button.acknowledged(atMs);
    } else {
      this.#lit[line] = level === 1;
      if (this.#lit.sense) this.#sensedMs = atMs;
      if (line === 'sign' && level === 0 && this.#sensor !== 'closed')
        this.#violated(happening, 'the sign went dark over an open sensor');
    }
  }

  #sensorDid(happening: Happening & { what: 'sensor' }): void {
    switch (happening.did) {
      case 'opened':
        this.#sensor = 'open';
        this.#look(happening);
        break;
      case 'was told to close':
        if (this.#sensor === 'open') this.#sensor = 'told to close';
        break;
      case 'closed':
        this.#sensor = 'closed';
        break;
      case 'took a frame':
        if (!this.#lit.sign) this.#violated(happening, 'taken without a sign');
        break;
    }
  }

  #frame(happening: Happening): void {
    if (this.#sensor !== 'open') this.#violated(happening, `the sensor is ${this.#sensor}`);
    this.#look(happening);
    this.#button.watches();
  }

  #look(happening: Happening): void {
    if (!this.#lit.sign || !this.#sensed(happening.atMs)) this.#violated(happening, 'no sign');
    if (!this.#button.mayWatch(happening.atMs)) this.#violated(happening, 'the resident has opted out');
  }

  #sensed(nowMs: number): boolean {
    return nowMs - this.#sensedMs <= SENSE_LOST_MS;
  }

  #violated(happening: Happening, why: string): void {
    this.violations.push(`${JSON.stringify(happening)}: ${why}`);
  }
}
