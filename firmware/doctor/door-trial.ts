import type { Settings } from '../../src/config/settings.ts';
import { SlotRing } from '../../src/frame/slot-ring.ts';
import { FAULT_ADVICE } from '../../src/interlock/fault-advice.ts';
import type { InterlockEvent, InterlockState } from '../../src/interlock/interlock.ts';
import { type ChoiceStore, InterlockKeeper, type Sensor } from '../../src/interlock/interlock-keeper.ts';
import type { Clock } from '../../src/time/clock.ts';
import type { Camera } from '../camera/camera.ts';
import { DoorLines } from '../gpio/door-lines.ts';
import { openDoorGpio } from '../gpio/open-door-gpio.ts';
import { Guard } from '../system/guard.ts';
import { type Finding, fail, ok, skipped, warn } from './finding.ts';

/** Long enough for every line to settle (`door-lines.ts`), also after the sign was told something. */
const SETTLE_MS = 700;
const FRAME_MS = 10_000;
const TIMES = { lightMs: 500, darkMs: 1_000, sensorMs: 10_000, retryMs: 60_000 };

/** Whether the sensor may be opened for a look at it. */
export type Permission =
  | { readonly isGiven: true; readonly choice: ChoiceStore }
  | { readonly isGiven: false; readonly why: string };

/** The lines of a door that are held for a moment, to be tried. */
export class DoorTrial {
  readonly #settings: Settings;
  readonly #clock: Clock;
  readonly #tell: (finding: Finding) => void;
  readonly #guard: Guard;
  #lines!: DoorLines;
  #keeper: InterlockKeeper | undefined;
  #lost: unknown;

  /** @throws LintelError of the chip, a line or the guard */
  static async open(settings: Settings, clock: Clock, tell: (finding: Finding) => void): Promise<DoorTrial> {
    const gpio = await openDoorGpio(settings.lines, clock);
    let lost = (_error: unknown): void => {};
    const guard = await Guard.start(settings.lines, clock, (error) => lost(error));
    const trial = new DoorTrial(settings, clock, tell, guard);
    lost = (error) => trial.#lose(error);
    const send = (event: InterlockEvent) => trial.#keeper?.send(event);
    try {
      trial.#lines = await DoorLines.open(guard.beating(gpio), settings.lines, clock, {
        button: (pressed) => send(pressed ? 'pressed' : 'released'),
        stuck: () => send('stuck'),
        sense: (lit) => send(lit ? 'senseLit' : 'senseDark'),
        failed: lost,
      });
    } catch (error) {
      await guard.dismiss();
      throw error;
    }
    return trial;
  }

  private constructor(settings: Settings, clock: Clock, tell: (finding: Finding) => void, guard: Guard) {
    this.#settings = settings;
    this.#clock = clock;
    this.#tell = tell;
    this.#guard = guard;
  }

  /** @param camera none: the sign is tried alone */
  async run(camera: Camera | undefined, permission: Permission): Promise<void> {
    await this.#pass(SETTLE_MS);
    const { sign, sense, button, assist, driver } = this.#settings.lines;
    if (this.#lost !== undefined) throw this.#lost;
    const names = `sign ${sign}, sense ${sense ?? 'none'}, button ${button}, assist ${assist}`;
    this.#tell(
      driver === 'simulated'
        ? warn('lines', `${names}: simulated, of no use at a door; set lines.driver there`)
        : ok('lines', `${names}: held, by the driver ${driver}`),
    );
    const why = this.#tellRest() ?? (permission.isGiven ? undefined : permission.why);
    if (why !== undefined || !permission.isGiven) {
      this.#tell(skipped('sense', `the sign was not lit: ${why}`));
      this.#tell(skipped('camera', `not opened: ${why}`));
      return;
    }
    await this.#watch(camera, permission.choice);
  }

  /** Sensor closed, sign dark, lines given back. */
  async close(): Promise<void> {
    await this.#keeper?.stop();
    await this.#lines.close().catch(() => {});
    await this.#guard.dismiss();
  }

  /** Tells of the button. @returns what keeps the sign from being lit */
  #tellRest(): string | undefined {
    const { button, buttonNormally, sense } = this.#settings.lines;
    if (this.#lines.button) {
      const wire =
        buttonNormally === 'closed' ? ', or its wire is cut or off' : ', or its wire is shorted to ground';
      this.#tell(
        fail(
          'button',
          `line ${button} reads pressed: somebody holds the button${wire}; or set lines.button_normally`,
        ),
      );
      return 'the button reads pressed';
    }
    this.#tell(ok('button', `line ${button} reads released (contact normally ${buttonNormally})`));
    if (!this.#lines.sense) return undefined;
    this.#tell(fail('sense', `line ${sense}: ${FAULT_ADVICE.signLit}`));
    return 'the sign is seen lit though it is told to be dark';
  }

  async #watch(camera: Camera | undefined, choice: ChoiceStore): Promise<void> {
    const clock = this.#clock;
    const begunMs = clock.monotonicMs();
    let litMs = Number.NaN;
    let trouble = '';
    const ring = camera && new SlotRing(camera.layout);
    const keeper = new InterlockKeeper({
      lines: this.#lines,
      sensor: sensorOf(camera, ring, (error) => {
        trouble = error.message;
        keeper.send('sensorEnded');
      }),
      choice,
      clock,
      optedOut: false,
      sense: 'dark',
      times: { ...TIMES, assistMs: this.#settings.optOut.assistPulseSeconds * 1_000 },
      onChange: (state, before) => {
        if (state.fault === 'sensorStuck') leaveToTheGuard();
        if (state.sense === 'lit' && before.sense === 'dark') litMs = clock.monotonicMs() - begunMs;
      },
      onError: (_doing, error) => {
        trouble = (error as Error).message;
      },
    });
    this.#keeper = keeper;
    const framed = new Promise<'framed'>((resolve) => ring?.onUnread(() => resolve('framed')));
    keeper.send('start');
    await keeper.reached((state) => state.phase === 'watching' || isOver(state));
    const watched = keeper.state.phase === 'watching';
    const over = keeper.reached(isOver).then(() => 'over' as const);
    const end = watched && ring ? await Promise.race([framed, over, this.#pass(FRAME_MS)]) : undefined;
    const frameMs = clock.monotonicMs() - begunMs;
    const { fault, optedOut } = keeper.state;
    await keeper.stop();
    ring?.discardUnread();
    await this.#pass(SETTLE_MS);

    this.#tellSense(fault, litMs);
    if (camera === undefined) return;
    if (end === 'framed') {
      const { width, height } = camera.layout;
      this.#tell(
        ok('camera', `opened with the sign lit, ${width}x${height}, first frame ${seconds(frameMs)} after`),
      );
    } else if (optedOut) this.#tell(skipped('camera', 'closed: somebody pressed the button, which is kept'));
    else if (fault === 'signDark')
      this.#tell(skipped('camera', 'not opened: the sign is not seen to be lit'));
    else
      this.#tell(
        fail('camera', trouble || `it opened, and gave no frame in ${seconds(FRAME_MS)}: check its cable`),
      );
  }

  #tellSense(fault: InterlockState['fault'], litMs: number): void {
    const { sign, sense } = this.#settings.lines;
    if (fault === 'signDark') this.#tell(fail('sense', `line ${sense ?? sign}: ${FAULT_ADVICE.signDark}`));
    else if (Number.isNaN(litMs)) this.#tell(skipped('sense', 'the sign was not lit'));
    else if (this.#lines.sense) this.#tell(fail('sense', `line ${sense ?? sign}: ${FAULT_ADVICE.signLit}`));
    else if (sense === undefined) {
      this.#tell(
        warn(
          'sense',
          'lines.sense_wired is false: the sign’s own output is read back, and its light is not seen; wire a sense line',
        ),
      );
    } else
      this.#tell(ok('sense', `line ${sense} saw the sign lit after ${litMs.toFixed(0)} ms, and dark again`));
  }

  #lose(error: unknown): void {
    this.#lost ??= error;
    this.#keeper?.send('senseDark');
  }

  #pass(milliseconds: number): Promise<void> {
    return new Promise((resolve) => void this.#clock.after(milliseconds, resolve));
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

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}

function sensorOf(
  camera: Camera | undefined,
  ring: SlotRing | undefined,
  failed: (error: Error) => void,
): Sensor {
  if (!camera || !ring) return { open: async () => {}, close: async () => {} };
  return {
    open: () => camera.open(ring, (end) => end.reason === 'failed' && failed(end.error)),
    close: () => camera.close(),
  };
}
