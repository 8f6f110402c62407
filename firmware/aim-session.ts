import type { AimFolder } from '../src/aiming/aim-folder.ts';
import type { AimingEnd, AimingStatus, PictureHints } from '../src/aiming/aiming-status.ts';
import { FAULT_ADVICE } from '../src/interlock/fault-advice.ts';
import type { InterlockState } from '../src/interlock/interlock.ts';
import type { StillEncoder } from '../src/still/still-encoder.ts';
import type { Clock } from '../src/time/clock.ts';

export interface AimSessionParts {
  readonly folder: AimFolder;
  readonly openEncoder: () => StillEncoder;
  readonly senseWired: boolean;
  readonly lastsMs: number;
  readonly clock: Clock;
  /** How the door is, and how often the button was pressed. */
  readonly door: () => { readonly state: InterlockState; readonly presses: number };
  readonly trouble: (error: unknown) => void;
}

/** Stills come no faster, and the status no slower. */
const EVERY_MS = 500;

/** One time of aiming: its files, written one after another. */
export class AimSession {
  readonly #parts: AimSessionParts;
  readonly #endsMs: number;
  #written: Promise<void> = Promise.resolve();
  #isOver = false;
  #isBusy = false;
  /** Whether a status is on its way that will say all that is so by then. */
  #isTold = false;
  #shownMs = Number.NEGATIVE_INFINITY;
  #still = 0;
  #isShown = false;
  #hints: PictureHints | 'covered whole' | undefined;
  #encoder: StillEncoder | undefined;
  #cancelTick = (): void => {};

  constructor(parts: AimSessionParts) {
    this.#parts = parts;
    this.#endsMs = parts.clock.monotonicMs() + parts.lastsMs;
    this.#tick();
  }

  /** Whether it is time for another still, and the one before is done. */
  get isDue(): boolean {
    return !this.#isBusy && this.#parts.clock.monotonicMs() - this.#shownMs >= EVERY_MS;
  }

  /**
   * Shows another still, when it is due.
   * @param draw puts the picture, which is covered, into the memory that it is given
   */
  show(draw: (planes: Uint8Array) => void, hints: PictureHints | 'covered whole' | undefined): void {
    this.#shownMs = this.#parts.clock.monotonicMs();
    this.#isBusy = true;
    this.#encoder ??= this.#parts.openEncoder();
    draw(this.#encoder.planes);
    this.#hints = hints;
    void this.#encode(this.#encoder);
  }

  /** Something is another way now. What is on its way already is not told twice. */
  tell(): void {
    if (this.#isTold) return;
    this.#isTold = true;
    void this.#queue(async () => {
      this.#isTold = false;
      if (!this.#isOver) await this.#parts.folder.put('status', this.#status());
    });
  }

  /** From the call on nothing more is shown; resolves when the still is gone, and the status says why. */
  async end(ended: AimingEnd): Promise<void> {
    const { folder, trouble } = this.#parts;
    this.#isOver = true;
    this.#cancelTick();
    this.#encoder?.close().catch(trouble);
    const status = this.#status(ended);
    await this.#queue(() => folder.remove('still'));
    await this.#queue(() => folder.put('status', status));
  }

  #tick(): void {
    this.tell();
    this.#cancelTick = this.#parts.clock.after(EVERY_MS, () => this.#tick());
  }

  async #encode(encoder: StillEncoder): Promise<void> {
    try {
      const file = await encoder.encode();
      await this.#queue(async () => {
        if (this.#isOver) return;
        await this.#parts.folder.put('still', file);
        this.#still++;
        this.#isShown = true;
      });
      this.tell();
    } catch (error) {
      if (this.#isOver) return;
      this.#parts.trouble(error);
      // The next still is made by another one. Until then none is shown: what stands still would be taken for the door as it is.
      this.#encoder = undefined;
      this.#isShown = false;
      await this.#queue(() => this.#parts.folder.remove('still'));
      this.tell();
      await encoder.close();
    } finally {
      this.#isBusy = false;
    }
  }

  #status(ended?: AimingEnd): Uint8Array {
    const { clock, senseWired, door } = this.#parts;
    const { state, presses } = door();
    const { phase, fault, sign, sense, button } = state;
    const status: AimingStatus = {
      endsInSeconds: Math.max(0, Math.ceil((this.#endsMs - clock.monotonicMs()) / 1_000)),
      ended,
      still: ended || !this.#isShown ? 0 : this.#still,
      coveredWhole: this.#hints === 'covered whole',
      phase,
      fault: fault && FAULT_ADVICE[fault],
      sign,
      sense,
      senseWired,
      button: button === 'up' ? 'up' : 'down',
      presses,
      hints: this.#hints === 'covered whole' ? undefined : this.#hints,
    };
    return Buffer.from(JSON.stringify(status));
  }

  #queue(work: () => Promise<void>): Promise<void> {
    this.#written = this.#written.then(work).catch(this.#parts.trouble);
    return this.#written;
  }
}
