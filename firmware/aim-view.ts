import type { AimFolder } from '../src/aiming/aim-folder.ts';
import type { AimingEnd, AimingStatus, PictureHints } from '../src/aiming/aiming-status.ts';
import type { Track } from '../src/count/tracker.ts';
import type { I420Frame, I420Layout } from '../src/frame/i420.ts';
import type { Box } from '../src/geometry/box.ts';
import type { Polygon } from '../src/geometry/polygon.ts';
import { FAULT_ADVICE } from '../src/interlock/fault-advice.ts';
import type { InterlockState } from '../src/interlock/interlock.ts';
import type { ViewSink } from '../src/loop/capture-loop.ts';
import { HintMeter } from '../src/still/picture-hints.ts';
import { FrameShrinker } from '../src/still/shrink-frame.ts';
import type { OpenEncoder, StillEncoder } from '../src/still/still-encoder.ts';
import type { Clock } from '../src/time/clock.ts';

export interface AimViewParts {
  readonly folder: AimFolder;
  readonly openEncoder: OpenEncoder;
  readonly layout: I420Layout;
  readonly area: Polygon;
  readonly senseWired: boolean;
  readonly lastsMs: number;
  readonly clock: Clock;
  readonly trouble: (error: unknown) => void;
}

const EVERY_MS = 500;
/** How long whoever looks can read why it is over. */
const ENDED_MS = 3_000;

/**
 * Shows an installer what the camera sees, while aiming lasts: a covered still twice a second, and how the door is, as files
 * in memory. Given only frames that have left the loop, so covered ones; when aiming is over the still is removed at once.
 */
export class AimView implements ViewSink {
  readonly #parts: AimViewParts;
  readonly #shrinker: FrameShrinker;
  readonly #meter: HintMeter;
  #session: Session | undefined;
  #state: InterlockState | undefined;
  #presses = 0;
  /** The faces of the frame that comes next; undefined when it is covered whole. */
  #faces: readonly Readonly<Box>[] | undefined;
  /** Files are written one after another. */
  #written: Promise<void> = Promise.resolve();

  constructor(parts: AimViewParts) {
    this.#parts = parts;
    this.#shrinker = new FrameShrinker(parts.layout);
    this.#meter = new HintMeter(parts.layout, parts.area);
  }

  noticed(state: InterlockState, before: InterlockState): void {
    this.#state = state;
    if (before.button === 'up' && state.button !== 'up') this.#presses++;
    if (state.aiming && !this.#session) this.#begin();
    else if (!state.aiming && this.#session) this.#end(endOf(state));
    else this.#tell();
  }

  /** The tracks that are covered in the frame that is written next. */
  covered(tracks: readonly Track[]): void {
    if (this.#isDue())
      this.#faces = tracks.map(({ box: { x, y, width, height } }) => ({ x, y, width, height }));
  }

  write(frame: I420Frame): undefined {
    const faces = this.#faces;
    this.#faces = undefined;
    const session = this.#session;
    if (!session || !this.#isDue()) return;
    session.shownMs = this.#parts.clock.monotonicMs();
    session.encoder ??= this.#parts.openEncoder(this.#shrinker.size);
    this.#shrinker.shrink(frame, session.encoder.planes);
    this.#shrinker.wipe();
    session.coveredWhole = faces === undefined;
    session.hints = faces && this.#meter.measure(frame, faces);
    session.isBusy = true;
    void this.#encode(session, session.encoder);
  }

  /** Resolves when nothing of it is left. */
  async stop(): Promise<void> {
    if (this.#session) this.#end('stopped');
    this.#queue(() => this.#parts.folder.clear());
    await this.#written;
  }

  #isDue(): boolean {
    const { clock } = this.#parts;
    return (
      this.#session !== undefined &&
      !this.#session.isBusy &&
      clock.monotonicMs() - this.#session.shownMs >= EVERY_MS
    );
  }

  #begin(): void {
    const { clock, lastsMs } = this.#parts;
    this.#session = {
      endsMs: clock.monotonicMs() + lastsMs,
      shownMs: Number.NEGATIVE_INFINITY,
      still: 0,
      isBusy: false,
      isOver: false,
      isTold: false,
      coveredWhole: false,
      hints: undefined,
      encoder: undefined,
      cancelTick: () => {},
    };
    this.#tick(this.#session);
  }

  #tick(session: Session): void {
    this.#tell();
    session.cancelTick = this.#parts.clock.after(EVERY_MS, () => this.#tick(session));
  }

  #end(ended: AimingEnd): void {
    const session = this.#session!;
    const { clock, folder, trouble } = this.#parts;
    session.isOver = true;
    session.cancelTick();
    this.#session = undefined;
    session.encoder?.close().catch(trouble);
    this.#queue(() => folder.remove('still'));
    const status = this.#status(session, ended);
    this.#queue(() => folder.put('status', status));
    clock.after(ENDED_MS, () => {
      if (!this.#session) this.#queue(() => folder.clear());
    });
  }

  async #encode(session: Session, encoder: StillEncoder): Promise<void> {
    try {
      const file = await encoder.encode();
      await this.#queue(async () => {
        if (session.isOver) return;
        await this.#parts.folder.put('still', file);
        session.still++;
      });
      this.#tell();
    } catch (error) {
      if (session.isOver) return;
      // The next still is made by another one.
      session.encoder = undefined;
      await encoder.close();
      this.#parts.trouble(error);
    } finally {
      session.isBusy = false;
    }
  }

  /** How the door is now; what is on its way already is not told twice. */
  #tell(): void {
    const session = this.#session;
    if (!session || session.isTold) return;
    session.isTold = true;
    void this.#queue(async () => {
      session.isTold = false;
      if (!session.isOver) await this.#parts.folder.put('status', this.#status(session));
    });
  }

  #status(session: Session, ended?: AimingEnd): Uint8Array {
    const { clock, senseWired } = this.#parts;
    const { phase, fault, sign, sense, button } = this.#state!;
    const status: AimingStatus = {
      endsInSeconds: Math.max(0, Math.ceil((session.endsMs - clock.monotonicMs()) / 1_000)),
      ended,
      still: ended ? 0 : session.still,
      coveredWhole: session.coveredWhole,
      phase,
      fault: fault && FAULT_ADVICE[fault],
      sign,
      sense,
      senseWired,
      button: button === 'up' ? 'up' : 'down',
      presses: this.#presses,
      hints: session.hints,
    };
    return Buffer.from(JSON.stringify(status));
  }

  #queue(work: () => Promise<void>): Promise<void> {
    this.#written = this.#written.then(work).catch(this.#parts.trouble);
    return this.#written;
  }
}

interface Session {
  readonly endsMs: number;
  shownMs: number;
  still: number;
  isBusy: boolean;
  isOver: boolean;
  /** Whether a status is on its way that will say all that is so by then. */
  isTold: boolean;
  coveredWhole: boolean;
  hints: PictureHints | undefined;
  encoder: StillEncoder | undefined;
  cancelTick: () => void;
}

function endOf({ button, wanted }: InterlockState): AimingEnd {
  if (button !== 'up') return 'pressed';
  return wanted ? 'time' : 'stopped';
}
