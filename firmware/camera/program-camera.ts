import type { I420Layout } from '../../src/frame/i420.ts';
import type { SlotRing } from '../../src/frame/slot-ring.ts';
import { LintelError } from '../../src/lintel-error.ts';
import type { Clock } from '../../src/time/clock.ts';
import type { Camera, CameraEnd } from './camera.ts';
import { CameraProgram } from './camera-program.ts';
import { FramePipe } from './frame-pipe.ts';
import { FrameReader, type PixelOrder } from './frame-reader.ts';

/** A program that gives no whole frame for so long counts as hung; a cold sensor takes up to two seconds. */
const SILENT_MS = 8_000;

export interface ProgramCameraOptions {
  /** With the strides that the program writes rows with. */
  readonly layout: I420Layout;
  readonly order: PixelOrder;
  readonly framesPerSecond: number;
  readonly clock: Clock;
  /** The program's name, for messages. */
  readonly program: string;
  /**
   * Starts the program, which is to write raw frames to `output` until it is ended.
   * @param mark to be added to its environment
   * @returns resolves with words on how it ended, when it is gone
   */
  readonly start: (output: string, mark: Readonly<Record<string, string>>) => Promise<string>;
}

/** A sensor that is run by a program, which is closed when that program is gone. */
export class ProgramCamera implements Camera {
  readonly layout: I420Layout;
  readonly framesPerSecond: number;
  readonly #options: ProgramCameraOptions;
  #run: Run | undefined;

  constructor(options: ProgramCameraOptions) {
    this.#options = options;
    this.layout = options.layout;
    this.framesPerSecond = options.framesPerSecond;
  }

  /** @throws LintelError CAMERA_CLOSED, CAMERA_FAILED */
  async open(ring: SlotRing, onEnd: (end: CameraEnd) => void): Promise<void> {
    // Known before anything is waited for, so that it can be closed from now on.
    const run = new Run(this.#options, onEnd, this.close());
    this.#run = run;
    await run.begin(ring);
  }

  async close(): Promise<void> {
    await this.#run?.end();
  }
}

/** One opening of the sensor, until the program is gone. */
class Run {
  readonly #options: ProgramCameraOptions;
  readonly #onEnd: (end: CameraEnd) => void;
  readonly #before: Promise<void>;
  /** Resolves with why the stream failed. */
  readonly #failed = Promise.withResolvers<string>();
  readonly #bytes = Promise.withResolvers<void>();
  #opening: Promise<void> = Promise.resolve();
  #pipe: FramePipe | undefined;
  #reader: FrameReader | undefined;
  #program: CameraProgram | undefined;
  #cancelWatch = (): void => {};
  #ending: Promise<void> | undefined;

  /** @param before resolves when the run before this one is over */
  constructor(options: ProgramCameraOptions, onEnd: (end: CameraEnd) => void, before: Promise<void>) {
    this.#options = options;
    this.#onEnd = onEnd;
    this.#before = before;
  }

  async begin(ring: SlotRing): Promise<void> {
    this.#opening = this.#start(ring);
    try {
      await this.#opening;
    } catch (error) {
      await this.end();
      throw error;
    }
    const failure = await Promise.race([this.#failed.promise, this.#bytes.promise]);
    const closed = this.#ending !== undefined;
    if (failure !== undefined || closed) await this.end();
    if (closed) throw new LintelError('CAMERA_CLOSED', 'the camera was closed while it was being opened');
    if (failure !== undefined) throw this.#error(failure);
    void this.#failed.promise.then((why) => {
      if (!this.#ending) this.#onEnd({ reason: 'failed', error: this.#error(why) });
    });
  }

  end(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  async #start(ring: SlotRing): Promise<void> {
    const { order, framesPerSecond, clock, start } = this.#options;
    await this.#before;
    if (this.#ending) return;
    const pipe = await FramePipe.make();
    this.#pipe = pipe;
    if (this.#ending) return;
    this.#reader = new FrameReader(ring, {
      pipe,
      order,
      framesPerSecond,
      clock,
      onBytes: () => this.#bytes.resolve(),
      onFrame: () => this.#watch(),
      onFailure: (why) => this.#failed.resolve(why),
    });
    this.#program = new CameraProgram((mark) => start(pipe.path, mark), clock);
    void this.#program.ended.then((how) => this.#failed.resolve(how));
    this.#watch();
  }

  async #end(): Promise<void> {
    this.#reader?.stop();
    this.#failed.resolve('it was closed');
    await this.#opening.catch(() => {});
    this.#cancelWatch();
    this.#reader?.stop();
    await this.#program?.end();
    await this.#reader?.finish();
    await this.#pipe?.close();
  }

  /** Waits anew for a frame. */
  #watch(): void {
    this.#cancelWatch();
    this.#cancelWatch = this.#options.clock.after(SILENT_MS, () =>
      this.#failed.resolve(`it has written no whole frame for ${SILENT_MS / 1_000} seconds`),
    );
  }

  #error(why: string): LintelError {
    return new LintelError('CAMERA_FAILED', `the camera's program ${this.#options.program} failed: ${why}`);
  }
}
