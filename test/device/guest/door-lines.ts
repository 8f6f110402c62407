import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import { ChardevGpio } from '../../../firmware/gpio/chardev.ts';
import { DoorLines } from '../../../firmware/gpio/door-lines.ts';
import type { Gpio } from '../../../firmware/gpio/gpio.ts';
import { OnoffGpio } from '../../../firmware/gpio/onoff.ts';
import { SystemClock } from '../../../src/time/system-clock.ts';
import { distribution, figure } from '../guest-report.ts';
import { eventually } from '../sim/eventually.ts';
import { SimChip } from '../sim/sim-chip.ts';
import { SimLamp } from '../sim/sim-lamp.ts';

const numbers = { sign: 17, sense: 27, button: 22, assist: 23, buttonNormally: 'closed' } as const;
const presses = 50;
const bounces = 7;

/** A door with everything on it, and what its lines told. */
class Bench implements AsyncDisposable {
  readonly told: string[] = [];
  readonly chip: SimChip;
  readonly lamp: SimLamp;
  door!: DoorLines;

  private constructor(chip: SimChip, lamp: SimLamp) {
    this.chip = chip;
    this.lamp = lamp;
  }

  static async set(open: (label: string) => Promise<Gpio>): Promise<Bench> {
    const chip = SimChip.plug();
    const bench = new Bench(chip, await SimLamp.wire(chip, numbers.sign, numbers.sense));
    bench.door = await DoorLines.open(await open(chip.label), numbers, new SystemClock(), {
      button: (pressed) => bench.told.push(pressed ? 'pressed' : 'released'),
      sense: (lit) => bench.told.push(lit ? 'lit' : 'dark'),
      stuck: () => bench.told.push('stuck'),
      failed: (error) => bench.told.push(String(error)),
    });
    return bench;
  }

  /** Does it, and waits until the lines tell of it. @returns how long that took */
  async untilTold(what: string, act: () => void): Promise<number> {
    const startMs = performance.now();
    act();
    await eventually(() => this.told.at(-1), what);
    return performance.now() - startMs;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.door.close();
    await this.lamp[Symbol.asyncDispose]();
    this.chip[Symbol.dispose]();
  }
}

for (const { name, open } of [
  { name: 'onoff', open: (label: string) => OnoffGpio.open(label) },
  { name: 'chardev', open: (label: string) => ChardevGpio.open(label) },
]) {
  describe(`the door's lines through ${name}`, () => {
    test(`${name}: the sign is seen to be lit, and to be dark when its lamp dies`, async () => {
      await using bench = await Bench.set(open);
      const lit = await bench.untilTold('lit', () => bench.door.setSign(true));
      const dead = await bench.untilTold('dark', () => bench.lamp.set('dead'));
      assert.deepEqual(bench.told, ['lit', 'dark']);
      figure(`${name}: sign on to seen lit`, `${lit.toFixed(0)} ms`);
      figure(`${name}: lamp dead to seen dark`, `${dead.toFixed(0)} ms`);
    });

    test(`${name}: each of ${presses} presses of a bouncing button is told once`, async () => {
      await using bench = await Bench.set(open);
      const times: number[] = [];
      const bounceTo = (level: 0 | 1) => {
        for (let i = 0; i < bounces; i++)
          bench.chip.drive(numbers.button, i % 2 === 0 ? level : level === 1 ? 0 : 1);
      };
      for (let press = 0; press < presses; press++) {
        times.push(await bench.untilTold('pressed', () => bounceTo(1)));
        await bench.untilTold('released', () => bounceTo(0));
      }
      assert.equal(bench.told.length, 2 * presses);
      figure(`${name}: press to told`, distribution(times));
    });

    test(`${name}: a door that is closed is dark`, async () => {
      await using bench = await Bench.set(open);
      bench.door.setAssist(true);
      await bench.untilTold('lit', () => bench.door.setSign(true));
      await bench.door.close();
      await eventually(() => [bench.chip.level(numbers.sign), bench.chip.level(numbers.assist)], [0, 0]);
    });
  });
}
