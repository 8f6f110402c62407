import type { AimFolder } from '../src/aiming/aim-folder.ts';
import type { AimingEnd } from '../src/aiming/aiming-status.ts';
import type { Track } from '../src/count/tracker.ts';
import type { I420Frame, I420Layout } from '../src/frame/i420.ts';
import type { Box } from '../src/geometry/box.ts';
import type { Polygon } from '../src/geometry/polygon.ts';
import type { InterlockState } from '../src/interlock/interlock.ts';
import type { ViewSink } from '../src/loop/capture-loop.ts';
import { HintMeter } from '../src/still/picture-hints.ts';
import { FrameShrinker } from '../src/still/shrink-frame.ts';
import type { OpenEncoder } from '../src/still/still-encoder.ts';
import type { Clock } from '../src/time/clock.ts';
import { AimSession } from './aim-session.ts';

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
  #session: AimSession | undefined;
  #ended: Promise<void> = Promise.resolve();
  #state: InterlockState | undefined;
  #presses = 0;
  /** The faces of the frame that comes next; undefined when it is covered whole. */
  #faces: readonly Readonly<Box>[] | undefined;

  constructor(parts: AimViewParts) {
    this.#parts = parts;
    this.#shrinker = new FrameShrinker(parts.layout);
    this.#meter = new HintMeter(parts.layout, parts.area);
  }

  noticed(state: InterlockState, before: InterlockState): void {
    this.#state = state;
    if (before.button === 'up' && state.button !== 'up') this.#presses++;
    if (state.aiming && !this.#session) this.#begin();
    else if (!state.aiming && this.#session) this.#end(this.#session, endOf(state));
    else this.#session?.tell();
  }

  /** The tracks that are covered in the frame that is written next. */
  covered(tracks: readonly Track[]): void {
    this.#faces = tracks.map(({ box: { x, y, width, height } }) => ({ x, y, width, height }));
  }

  write(frame: I420Frame): undefined {
    const faces = this.#faces;
    this.#faces = undefined;
    if (!this.#session?.isDue) return;
    const hints = faces ? this.#meter.measure(frame, faces) : 'covered whole';
    this.#session.show((planes) => this.#shrinker.shrink(frame, planes), hints);
    this.#shrinker.wipe();
  }

  /** Resolves when nothing of it is left. */
  async stop(): Promise<void> {
    if (this.#session) this.#end(this.#session, 'stopped');
    await this.#ended;
    await this.#clear();
  }

  #begin(): void {
    const { openEncoder } = this.#parts;
    this.#session = new AimSession({
      ...this.#parts,
      openEncoder: () => openEncoder(this.#shrinker.size),
      door: () => ({ state: this.#state!, presses: this.#presses }),
    });
  }

  #end(session: AimSession, ended: AimingEnd): void {
    this.#session = undefined;
    this.#ended = session.end(ended);
    // Aiming comes once in the life of a program, so nothing new lies there by then.
    this.#parts.clock.after(ENDED_MS, () => void this.#clear());
  }

  #clear(): Promise<void> {
    return this.#parts.folder.clear().catch(this.#parts.trouble);
  }
}

function endOf({ button, wanted }: InterlockState): AimingEnd {
  if (button !== 'up') return 'pressed';
  return wanted ? 'time' : 'stopped';
}
