import type { Settings } from '../../src/config/settings.ts';
import { FAULT_ADVICE } from '../../src/interlock/fault-advice.ts';
import type { InterlockEvent } from '../../src/interlock/interlock.ts';
import type { ChoiceStore } from '../../src/interlock/interlock-keeper.ts';
import type { Clock } from '../../src/time/clock.ts';
import type { Camera } from '../camera/camera.ts';
import { DoorLines } from '../gpio/door-lines.ts';
import type { Gpio } from '../gpio/gpio.ts';
import { Guard } from '../system/guard.ts';
import { type Finding, fail, ok, skipped, warn } from './finding.ts';
import { FRAME_MS, SensorTrial, type SensorTrialResult } from './sensor-trial.ts';

/** Long enough for every line to settle (`door-lines.ts`), also after the sign was told something. */
const SETTLE_MS = 700;

/** Whether the sensor may be opened for a look at it. */
export type Permission =
  | { readonly isGiven: true; readonly choice: ChoiceStore }
  | { readonly isGiven: false; readonly why: string };

export interface DoorTrialParts {
  readonly gpio: Gpio;
  readonly settings: Pick<Settings, 'lines' | 'optOut'> & { readonly paths: Pick<Settings['paths'], 'aim'> };
  readonly clock: Clock;
}

/** The lines of a door that are held for a moment, to be tried. */
export class DoorTrial {
  readonly #parts: DoorTrialParts;
  readonly #guard: Guard;
  readonly #findings: Finding[] = [];
  #lines!: DoorLines;
  #sensor: SensorTrial | undefined;
  #wasPressed = false;
  #lost: unknown;

  /** @throws LintelError of a line or the guard */
  static async open(parts: DoorTrialParts): Promise<DoorTrial> {
    const { gpio, settings, clock } = parts;
    let lost = (_error: unknown): void => {};
    const guard = await Guard.start(settings.lines, settings.paths.aim, clock, (error) => lost(error));
    const trial = new DoorTrial(parts, guard);
    lost = (error) => trial.#lose(error);
    const send = (event: InterlockEvent) => trial.#sensor?.send(event);
    try {
      trial.#lines = await DoorLines.open(guard.beating(gpio), settings.lines, clock, {
        button: (pressed) => {
          if (!pressed) trial.#wasPressed = true;
          send(pressed ? 'pressed' : 'released');
        },
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

  private constructor(parts: DoorTrialParts, guard: Guard) {
    this.#parts = parts;
    this.#guard = guard;
  }

  /**
   * @param camera none: the sign is tried alone
   * @throws the error of a line that was lost meanwhile
   */
  async run(camera: Camera | undefined, permission: Permission): Promise<Finding[]> {
    await this.#settle();
    this.#findLines();
    const why = await this.#whyNot(permission);
    if (why !== undefined || !permission.isGiven) {
      this.#findings.push(
        this.#lines.sense
          ? fail('sense', `line ${this.#senseLine}: ${FAULT_ADVICE.signLit}`)
          : skipped('sense', `the sign was not lit: ${why}`),
        skipped('camera', `not opened: ${why}`),
      );
      return this.#findings;
    }
    const { settings, clock } = this.#parts;
    const assistMs = settings.optOut.assistPulseSeconds * 1_000;
    this.#sensor = new SensorTrial({
      lines: this.#lines,
      camera,
      choice: permission.choice,
      clock,
      assistMs,
    });
    const result = await this.#sensor.run();
    await this.#settle();
    this.#findings.push(this.#senseOf(result));
    if (camera) this.#findings.push(cameraOf(camera, result));
    return this.#findings;
  }

  /** Sensor closed, sign dark, lines given back. */
  async close(): Promise<void> {
    await this.#sensor?.stop();
    // A line that is lost was told of.
    await this.#lines.close().catch(() => {});
    await this.#guard.dismiss();
  }

  #findLines(): void {
    const { sign, sense, button, assist, driver, buttonNormally } = this.#parts.settings.lines;
    const names = `sign ${sign}, sense ${sense ?? 'none'}, button ${button}, assist ${assist}`;
    this.#findings.push(
      driver === 'simulated'
        ? warn('lines', `${names}: simulated, of no use at a door; set lines.driver there`)
        : ok('lines', `${names}: held, by the driver ${driver}`),
    );
    const wire = buttonNormally === 'closed' ? 'cut or off' : 'shorted to ground';
    this.#findings.push(
      this.#lines.button
        ? fail(
            'button',
            `line ${button} reads pressed: somebody holds the button, or its wire is ${wire}; or set lines.button_normally`,
          )
        : ok('button', `line ${button} reads released (contact normally ${buttonNormally})`),
    );
  }

  /** What keeps the sign from being lit. A press before the interlock is there to take it is a choice as well. */
  async #whyNot(permission: Permission): Promise<string | undefined> {
    if (this.#lines.button) return 'the button reads pressed';
    if (!permission.isGiven) return permission.why;
    if (this.#wasPressed) {
      await permission.choice.save(true);
      return 'somebody pressed the button, which is kept';
    }
    return this.#lines.sense ? 'the sign is seen lit before it was told to be' : undefined;
  }

  #senseOf({ fault, litMs }: SensorTrialResult): Finding {
    const line = `line ${this.#senseLine}`;
    if (fault === 'signDark') return fail('sense', `${line}: ${FAULT_ADVICE.signDark}`);
    if (litMs === undefined) return skipped('sense', 'the sign was not lit');
    if (this.#lines.sense) return fail('sense', `${line}: ${FAULT_ADVICE.signLit}`);
    if (this.#parts.settings.lines.sense !== undefined) {
      return ok('sense', `${line} saw the sign lit after ${litMs.toFixed(0)} ms, and dark again`);
    }
    const message =
      'lines.sense_wired is false: the sign’s own output is read back, not its light; wire a sense line';
    return warn('sense', message);
  }

  get #senseLine(): number {
    const { sign, sense } = this.#parts.settings.lines;
    return sense ?? sign;
  }

  #lose(error: unknown): void {
    this.#lost ??= error;
    this.#sensor?.send('senseDark');
  }

  async #settle(): Promise<void> {
    await new Promise<void>((resolve) => void this.#parts.clock.after(SETTLE_MS, resolve));
    if (this.#lost !== undefined) throw this.#lost;
  }
}

function cameraOf({ layout }: Camera, { fault, optedOut, frameMs, trouble }: SensorTrialResult): Finding {
  if (optedOut) return skipped('camera', 'closed: somebody pressed the button, which is kept');
  if (fault === 'signDark') return skipped('camera', 'not left open: the sign is not seen to be lit');
  if (frameMs !== undefined) {
    const text = `opened with the sign lit, ${layout.width}x${layout.height}, first frame ${seconds(frameMs)} after`;
    return ok('camera', text);
  }
  return fail('camera', trouble ?? `it opened, and gave no frame in ${seconds(FRAME_MS)}: check its cable`);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}
