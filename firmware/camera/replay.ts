import type { I420Layout } from '../../src/frame/i420.ts';
import type { Slot, SlotRing } from '../../src/frame/slot-ring.ts';
import { LintelError } from '../../src/lintel-error.ts';
import type { Clock } from '../../src/time/clock.ts';
import { naming, openRecording, type Recording } from '../media/recording.ts';
import type { Camera, CameraEnd } from './camera.ts';

export interface ReplayOptions {
  readonly file: string;
  /** `real`: at the recording's own rate, as a sensor would; `lossless`: as fast as the loop takes the frames. */
  readonly pace: 'real' | 'lossless';
  readonly loop: boolean;
  readonly clock: Clock;
  /** How the file is opened; otherwise only in tests. */
  readonly open?: (file: string, ending?: AbortSignal) => Promise<Recording>;
}

/** Plays a recording in the place of a sensor. */
export class ReplayCamera implements Camera {
  readonly layout: I420Layout;
  readonly framesPerSecond: number;
  readonly #options: ReplayOptions;
  #playing: Playing | undefined;

  /** Looks at the recording's head. @throws LintelError MEDIA_..., Y4M_..., FRAME_SIZE, FFMPEG_MISSING */
  static async prepare(options: ReplayOptions): Promise<ReplayCamera> {
    const { file, open = openRecording } = options;
    const recording = await open(file);
    await recording.close();
    const { layout, framesPerSecond } = recording.reader.header;
    return new ReplayCamera(options, layout, framesPerSecond);
  }

  private constructor(options: ReplayOptions, layout: I420Layout, framesPerSecond: number) {
    this.#options = options;
    this.layout = layout;
    this.framesPerSecond = framesPerSecond;
  }

  async open(ring: SlotRing, onEnd: (end: CameraEnd) => void): Promise<void> {
    // Known before anything is waited for, so that it can be closed from now on.
    const playing = new Playing(this.#options, ring, this.close());
    this.#playing = playing;
    await playing.begin(onEnd);
  }

  async close(): Promise<void> {
    const playing = this.#playing;
    this.#playing = undefined;
    await playing?.end();
  }
}

/** One opening of the recording, until it is closed. */
class Playing {
  readonly #options: ReplayOptions;
  readonly #ring: SlotRing;
  readonly #before: Promise<void>;
  #opening: Promise<Recording | undefined> = Promise.resolve(undefined);
  #recording: Recording | undefined;
  #closed = false;
  /** Ends an opening that is under way. */
  readonly #ending = new AbortController();
  #over: Promise<void> = Promise.resolve();
  #goOn = (): void => {};

  /** @param before resolves when what was played before is closed */
  constructor(options: ReplayOptions, ring: SlotRing, before: Promise<void>) {
    this.#options = options;
    this.#before = before;
    this.#ring = ring;
    ring.onFree(() => this.#goOn());
  }

  async begin(onEnd: (end: CameraEnd) => void): Promise<void> {
    await this.#before;
    this.#refuseClosed();
    const opening = this.#open();
    this.#opening = opening;
    try {
      this.#recording = await opening;
    } finally {
      // What was ended by force may say anything.
      this.#refuseClosed();
    }
    this.#over = this.#play().then(
      () => this.#closed || onEnd({ reason: 'finished' }),
      (error) => this.#closed || onEnd({ reason: 'failed', error }),
    ) as Promise<void>;
  }

  async end(): Promise<void> {
    this.#closed = true;
    this.#ending.abort();
    this.#goOn();
    await this.#before;
    await this.#opening.catch(() => undefined);
    await this.#recording?.close();
    await this.#over;
  }

  #refuseClosed(): void {
    if (this.#closed)
      throw new LintelError('CAMERA_CLOSED', 'the camera was closed while it was being opened');
  }

  async #play(): Promise<void> {
    const { clock, loop, pace } = this.#options;
    const begunMs = clock.monotonicMs();
    const frameMs = 1_000 / this.#recording!.reader.header.framesPerSecond;
    let framesOfRound = 0;
    for (let frame = 0; !this.#closed; ) {
      await this.#due(begunMs + frame * frameMs);
      if (this.#closed) return;
      const slot = this.#ring.acquire();
      if (await this.#fill(slot)) {
        // Read without haste, a frame has the recording's own time, so that tracks are the same on every machine.
        this.#ring.commit(slot, pace === 'real' ? clock.monotonicMs() : begunMs + frame * frameMs);
        frame++;
        framesOfRound++;
      } else {
        this.#ring.release(slot);
        if (this.#closed || !loop) return;
        // Else it would be opened again and again, without a rest.
        if (framesOfRound === 0)
          throw new LintelError(
            'MEDIA_EMPTY',
            `${this.#options.file} holds no frame: name another recording`,
          );
        framesOfRound = 0;
        await this.#recording!.close();
        this.#recording = await this.#open();
        if (this.#closed) await this.#recording.close();
      }
    }
  }

  #open(): Promise<Recording> {
    const { file, open = openRecording } = this.#options;
    return open(file, this.#ending.signal);
  }

  /** Whether a whole frame lies in `slot`; false at the end of the recording and after closing. */
  async #fill(slot: Slot): Promise<boolean> {
    const recording = this.#recording!;
    try {
      const whole = await recording.reader.read(slot.bytes);
      if (!whole) await recording.finished();
      return whole && !this.#closed;
    } catch (error) {
      this.#ring.release(slot);
      throw naming(this.#options.file, error);
    }
  }

  /** Resolves when the next frame may be read. */
  async #due(atMs: number): Promise<void> {
    const { clock, pace } = this.#options;
    if (pace === 'lossless') {
      while (!this.#closed && !this.#ring.hasFree) await this.#pause();
      return;
    }
    while (!this.#closed && clock.monotonicMs() < atMs) {
      const cancel = clock.after(atMs - clock.monotonicMs(), () => this.#goOn());
      await this.#pause();
      cancel();
    }
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      this.#goOn = resolve;
    });
  }
}
