import type { Clock } from '../../src/time/clock.ts';
import type { Gpio, InputLine, Level, OutputLine } from './gpio.ts';
import { SettledLevel } from './settled-level.ts';

/** Lines are looked at this often (20 Hz), and this soon again while a level is settling. */
const POLL_MS = 50;
const SETTLING_POLL_MS = 5;
/** The lamp's sensor does not bounce: two readings are enough, so a dark sign is known well within 100 ms. */
const SENSE_SETTLE_MS = 5;
const BUTTON_SETTLE_MS = 30;
/** Nobody presses for this long. */
const STUCK_MS = 10_000;

export interface DoorLineNumbers {
  readonly sign: number;
  /** Without a sense line the sign's own level is read back. */
  readonly sense?: number | undefined;
  readonly button: number;
  readonly assist: number;
  /** How the button's contact to ground rests. 'closed': open or a cut wire reads high, and is a press. */
  readonly buttonNormally: 'closed' | 'open';
}

export interface DoorLinesListener {
  /** The button was found pressed, or released. */
  button(pressed: boolean): void;
  /** The sign is seen to be lit, or to be dark. */
  sense(lit: boolean): void;
  /** The button has been pressed for ten seconds, or since before the lines were opened. Ends with `button(false)`. */
  stuck(): void;
  /** A line is lost: nothing more will be told. Told once; the sign can still be darkened. Close, and open anew. */
  failed(error: unknown): void;
}

interface Lines {
  readonly sign: OutputLine;
  readonly sense: InputLine | undefined;
  readonly button: InputLine;
  readonly assist: OutputLine;
}

/** The lines of one door, by what they mean. All is told as a change from: button released, sign dark. */
export class DoorLines {
  readonly #gpio: Gpio;
  readonly #lines: Lines;
  readonly #pressedLevel: Level;
  readonly #clock: Clock;
  readonly #listener: DoorLinesListener;
  readonly #sense = new SettledLevel({ settleMs: SENSE_SETTLE_MS, safe: false });
  readonly #button = new SettledLevel({ settleMs: BUTTON_SETTLE_MS, safe: true });
  #seenReleased: boolean;
  #pressedAtMs = 0;
  #stuck = false;
  #looking = true;
  #closed: Promise<void> | undefined;
  #cancelLook = () => {};

  /**
   * Claims the lines: sign dark, assist off, from the first moment on. Nothing is told before this has resolved.
   * @throws GpioError, with every line given back
   */
  static async open(
    gpio: Gpio,
    numbers: DoorLineNumbers,
    clock: Clock,
    listener: DoorLinesListener,
  ): Promise<DoorLines> {
    try {
      const lines = {
        sign: await gpio.output(numbers.sign, 0),
        assist: await gpio.output(numbers.assist, 0),
        button: await gpio.input(numbers.button),
        sense: numbers.sense === undefined ? undefined : await gpio.input(numbers.sense),
      };
      return new DoorLines(gpio, lines, numbers.buttonNormally === 'closed' ? 1 : 0, clock, listener);
    } catch (error) {
      await gpio.close();
      throw error;
    }
  }

  private constructor(
    gpio: Gpio,
    lines: Lines,
    pressedLevel: Level,
    clock: Clock,
    listener: DoorLinesListener,
  ) {
    this.#gpio = gpio;
    this.#lines = lines;
    this.#pressedLevel = pressedLevel;
    this.#clock = clock;
    this.#listener = listener;
    this.#seenReleased = lines.button.read() !== pressedLevel;
    lines.button.onChange(() => this.#look());
    lines.sense?.onChange(() => this.#look());
    this.#lookIn(0);
  }

  /** Whether the sign is seen to be lit; false when that cannot be told. */
  get sense(): boolean {
    return this.#sense.value && this.#looking;
  }

  /** Whether the button is pressed. */
  get button(): boolean {
    return this.#button.value;
  }

  setSign(lit: boolean): void {
    this.#write(this.#lines.sign, lit);
  }

  setAssist(active: boolean): void {
    this.#write(this.#lines.assist, active);
  }

  /** Sign dark, assist off, lines given back. @throws GpioError when a line could not be written any more */
  close(): Promise<void> {
    this.#closed ??= this.#giveBack();
    return this.#closed;
  }

  async #giveBack(): Promise<void> {
    this.#stopLooking();
    const errors = [this.#lines.sign, this.#lines.assist].flatMap((line) => {
      try {
        line.write(0);
        return [];
      } catch (error) {
        return [error];
      }
    });
    await this.#gpio.close();
    if (errors.length > 0) throw errors[0];
  }

  #write(line: OutputLine, active: boolean): void {
    if (this.#closed) return;
    try {
      line.write(active ? 1 : 0);
      if (this.#looking) this.#lookIn(SETTLING_POLL_MS);
    } catch (error) {
      this.#fail(error);
    }
  }

  #lookIn(delayMs: number): void {
    this.#cancelLook();
    this.#cancelLook = this.#clock.after(delayMs, () => this.#look());
  }

  /** Reads every line, whatever the reason for looking: an edge may have come late, or not at all. */
  #look(): void {
    if (!this.#looking) return;
    const nowMs = this.#clock.monotonicMs();
    const { sign, sense, button, assist } = this.#lines;
    let senseChanged: boolean;
    let buttonChanged: boolean;
    try {
      // Outputs too, since they can be lost.
      assist.read();
      const signLevel = sign.read();
      senseChanged = this.#sense.take((sense?.read() ?? signLevel) === 1, nowMs);
      buttonChanged = this.#button.take(button.read() === this.#pressedLevel, nowMs);
    } catch (error) {
      this.#fail(error);
      return;
    }
    if (!this.#button.value && !this.#button.pending) this.#seenReleased = true;
    this.#lookIn(this.#sense.pending || this.#button.pending ? SETTLING_POLL_MS : POLL_MS);
    // The listener may close the lines at each of these.
    if (buttonChanged) this.#tellButton(nowMs);
    if (senseChanged && this.#looking) this.#listener.sense(this.sense);
    if (this.#looking) this.#tellStuck(nowMs);
  }

  #tellButton(nowMs: number): void {
    this.#pressedAtMs = this.#seenReleased ? nowMs : Number.NEGATIVE_INFINITY;
    this.#stuck = false;
    this.#listener.button(this.button);
  }

  #tellStuck(nowMs: number): void {
    if (!this.button || this.#stuck || nowMs - this.#pressedAtMs < STUCK_MS) return;
    this.#stuck = true;
    this.#listener.stuck();
  }

  #fail(error: unknown): void {
    if (!this.#looking) return;
    this.#stopLooking();
    this.#listener.failed(error);
  }

  #stopLooking(): void {
    this.#looking = false;
    this.#cancelLook();
  }
}
