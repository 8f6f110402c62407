import { SlotRing } from '../../src/frame/slot-ring.ts';
import { FAULT_ADVICE } from '../../src/interlock/fault-advice.ts';
import type { InterlockEvent, InterlockState } from '../../src/interlock/interlock.ts';
import {
  type ChoiceStore,
  type CommandedLines,
  InterlockKeeper,
} from '../../src/interlock/interlock-keeper.ts';
import type { Clock } from '../../src/time/clock.ts';
import type { Camera } from '../camera/camera.ts';

export const FRAME_MS = 10_000;
const TIMES = { lightMs: 500, darkMs: 1_000, sensorMs: 10_000, retryMs: 60_000 };

export interface SensorTrialParts {
  readonly lines: CommandedLines;
  /** None: the sign is lit and darkened without one. */
  readonly camera: Camera | undefined;
  readonly choice: ChoiceStore;
  readonly clock: Clock;
  readonly assistMs: number;
}

/** What came of it; times are from the start on, and undefined for what did not happen. */
export interface SensorTrialResult {
  readonly fault: InterlockState['fault'];
  readonly optedOut: boolean;
  readonly litMs: number | undefined;
  readonly frameMs: number | undefined;
  /** What the camera said, if it failed. */
  readonly trouble: string | undefined;
}

/** Opens the sensor until its first frame comes, by the interlock: as `vision` would, but nobody looks at the frame. */
export class SensorTrial {
  readonly #keeper: InterlockKeeper;
  readonly #clock: Clock;
  readonly #ring: SlotRing | undefined;
  #litAtMs: number | undefined;
  #trouble: string | undefined;

  constructor({ lines, camera, choice, clock, assistMs }: SensorTrialParts) {
    const ring = camera && new SlotRing(camera.layout);
    this.#clock = clock;
    this.#ring = ring;
    this.#keeper = new InterlockKeeper({
      lines,
      sensor: {
        open: async () => {
          if (ring) await camera.open(ring, (end) => end.reason === 'failed' && this.#failed(end.error));
        },
        close: async () => camera?.close(),
      },
      choice,
      clock,
      optedOut: false,
      sense: 'dark',
      times: { ...TIMES, assistMs },
      onChange: ({ fault, sense }) => {
        if (fault === 'sensorStuck') leaveToTheGuard();
        if (sense === 'lit') this.#litAtMs ??= clock.monotonicMs();
      },
      onError: (_doing, error) => {
        this.#trouble = (error as Error).message;
      },
    });
  }

  send(event: InterlockEvent): void {
    this.#keeper.send(event);
  }

  /** Resolves when the sensor is closed again, and the sign was told to be dark. */
  async run(): Promise<SensorTrialResult> {
    const keeper = this.#keeper;
    const begunMs = this.#clock.monotonicMs();
    let framedAtMs: number | undefined;
    const framed = new Promise<void>((resolve) =>
      this.#ring?.onUnread(() => {
        framedAtMs ??= this.#clock.monotonicMs();
        resolve();
      }),
    );
    keeper.send('start');
    await keeper.reached((state) => state.phase === 'watching' || isOver(state));
    if (this.#ring && !isOver(keeper.state)) {
      const late = Promise.withResolvers<void>();
      const cancel = this.#clock.after(FRAME_MS, late.resolve);
      await Promise.race([framed, keeper.reached(isOver), late.promise]);
      cancel();
    }
    const { fault, optedOut } = keeper.state;
    await this.stop();
    const since = (atMs: number | undefined) => atMs && atMs - begunMs;
    return {
      fault,
      optedOut,
      litMs: since(this.#litAtMs),
      frameMs: since(framedAtMs),
      trouble: this.#trouble,
    };
  }

  async stop(): Promise<void> {
    await this.#keeper.stop();
    this.#ring?.discardUnread();
  }

  #failed(error: Error): void {
    this.#trouble = error.message;
    this.#keeper.send('sensorEnded');
  }
}

function isOver({ fault, optedOut }: InterlockState): boolean {
  return fault !== undefined || optedOut;
}

/** A sensor that does not close is ended by force, and the sign stays lit until then. */
function leaveToTheGuard(): never {
  process.stderr.write(`lintel doctor: ${FAULT_ADVICE.sensorStuck}\n`);
  process.exit(1);
}
