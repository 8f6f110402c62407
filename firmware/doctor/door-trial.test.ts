import { expect, it, onTestFinished } from 'vitest';
import { I420Layout } from '../../src/frame/i420.ts';
import { SimulatedClock } from '../../src/time/simulated-clock.ts';
import { SimulatedCamera } from '../camera/simulated.ts';
import { SimulatedGpio } from '../gpio/simulated.ts';
import { DoorTrial } from './door-trial.ts';
import type { Finding } from './finding.ts';

const LINES = { sign: 31, sense: 32, button: 33, assist: 34, buttonNormally: 'closed' } as const;
const SETTINGS = {
  lines: { ...LINES, driver: 'simulated' as const, chip: 'simulated' },
  optOut: { assistPulseSeconds: 2, returnMs: undefined },
  paths: { aim: '/nonexistent/aim' },
};

/** A door that is tried, and whoever sees its sign and its sensor. */
class TriedDoor {
  readonly clock = new SimulatedClock();
  readonly gpio = new SimulatedGpio(this.clock);
  readonly saved: boolean[] = [];
  /** What was seen, with whether the sign was lit and seen to be then. */
  readonly seen: string[] = [];
  readonly camera = new SimulatedCamera({
    layout: new I420Layout(16, 16),
    framesPerSecond: 5,
    clock: this.clock,
    onSensor: (did) => {
      const { sign, sense } = LINES;
      if (did !== 'was told to close')
        this.seen.push(`${did} ${this.gpio.level(sign)}${this.gpio.level(sense)}`);
      this.onSensor(did);
    },
  });
  onSensor: (did: string) => void = () => {};

  constructor() {
    this.gpio.wireLamp(LINES.sign, LINES.sense);
  }

  async try(isGiven = true): Promise<(item: Finding['item']) => Finding | undefined> {
    const choice = { save: async (optedOut: boolean) => void this.saved.push(optedOut) };
    const trial = await DoorTrial.open({ gpio: this.gpio, settings: SETTINGS, clock: this.clock });
    onTestFinished(() => trial.close());
    const running = trial.run(this.camera, isGiven ? { isGiven, choice } : { isGiven, why: 'a reason' });
    const settled = running.then(
      () => true,
      () => true,
    );
    while (!(await Promise.race([settled, this.clock.advance(50)]))) {}
    const findings = await running;
    this.seen.push(`end ${this.gpio.level(LINES.sign)}`);
    await trial.close();
    return (item) => findings.find((one) => one.item === item);
  }

  press(): void {
    this.gpio.drive(LINES.button, 1);
  }
}

it('opens the sensor only while the sign is lit and seen to be, for one frame', async () => {
  const door = new TriedDoor();
  const find = await door.try();
  expect(door.seen).toEqual(['opened 11', 'took a frame 11', 'closed 11', 'end 0']);
  expect(find('sense')).toMatchObject({ state: 'ok' });
  expect(find('button')).toMatchObject({ state: 'ok' });
  expect(find('camera')).toMatchObject({
    state: 'ok',
    text: expect.stringContaining('16x16, first frame 0.2 s'),
  });
});

it('waits for nothing more when it is done', async () => {
  const door = new TriedDoor();
  await door.try();
  expect(door.clock.timers).toBe(0);
});

it('never opens the sensor of a door whose lamp is dead', async () => {
  const door = new TriedDoor();
  door.gpio.setLamp('dead');
  const find = await door.try();
  expect(door.seen).toEqual(['end 0']);
  expect(find('sense')).toMatchObject({
    state: 'fail',
    text: expect.stringContaining('line 32: the sign was told'),
  });
  expect(find('camera')).toMatchObject({ state: 'skipped' });
});

it('never lights the sign of a door whose lamp is shorted, nor of one whose button is held', async () => {
  const shorted = new TriedDoor();
  shorted.gpio.setLamp('shorted');
  expect((await shorted.try())('sense')).toMatchObject({
    state: 'fail',
    text: expect.stringContaining('shorts it'),
  });
  const held = new TriedDoor();
  held.press();
  const find = await held.try();
  expect(find('button')).toMatchObject({ state: 'fail', text: expect.stringContaining('cut or off') });
  expect([shorted.seen, held.seen]).toEqual([['end 0'], ['end 0']]);
  // It may be a wire.
  expect(held.saved).toEqual([]);
});

it('lights nothing where it may not', async () => {
  const door = new TriedDoor();
  const find = await door.try(false);
  expect(door.seen).toEqual(['end 0']);
  expect([find('sense')?.text, find('camera')?.text]).toEqual([
    'the sign was not lit: a reason',
    'not opened: a reason',
  ]);
});

it('closes at a press while the sensor is open, and keeps the choice', async () => {
  const door = new TriedDoor();
  door.camera.faults.openMs = 100;
  door.onSensor = (did) => did === 'opened' && door.press();
  const find = await door.try();
  expect(door.seen).toEqual(['opened 11', 'closed 11', 'end 0']);
  expect(door.saved).toEqual([true]);
  expect(find('camera')).toMatchObject({
    state: 'skipped',
    text: expect.stringContaining('pressed the button'),
  });
});

it('keeps the choice of who presses before the sensor is open', async () => {
  const door = new TriedDoor();
  door.clock.after(200, () => door.press());
  door.clock.after(400, () => door.gpio.drive(LINES.button, 0));
  const find = await door.try();
  expect(door.saved).toEqual([true]);
  expect(door.seen).toEqual(['end 0']);
  expect(find('camera')?.text).toContain('which is kept');
});

it('tells of a camera that does not open, and of one that gives no frame', async () => {
  const broken = new TriedDoor();
  broken.camera.faults.open = true;
  expect((await broken.try())('camera')).toMatchObject({ state: 'fail', text: 'told not to open' });
  const ended = new TriedDoor();
  ended.onSensor = (did) =>
    did === 'opened' &&
    ended.clock.after(10, () => ended.camera.end({ reason: 'failed', error: new Error('torn') }));
  expect((await ended.try())('camera')).toMatchObject({ state: 'fail', text: 'torn' });
  expect(ended.gpio.level(LINES.sign)).toBe(0);
});

it('closes the sensor when a line is lost, and says which', async () => {
  const door = new TriedDoor();
  door.onSensor = (did) => did === 'opened' && door.gpio.lose(LINES.assist);
  await expect(door.try()).rejects.toMatchObject({
    code: 'GPIO_IO',
    message: expect.stringContaining('line 34'),
  });
  expect(door.seen).toEqual(['opened 11', 'closed 11']);
});
