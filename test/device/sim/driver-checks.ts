import assert from 'node:assert/strict';
import test, { afterEach, beforeEach } from 'node:test';
import type { Gpio, Level } from '../../../firmware/gpio/gpio.ts';
import type { GpioDriver } from '../../../firmware/gpio/open-gpio.ts';
import { findSysfsChip } from '../../../firmware/gpio/sysfs-chip.ts';
import { eventually } from './eventually.ts';
import { GpioTrace } from './gpio-trace.ts';
import { LineHolder } from './line-holder.ts';
import { SimChip } from './sim-chip.ts';

const label = 'pinctrl-bcm2711';
const OUT = 17;
const IN = 22;

/**
 * What every driver keeps on a real kernel: that of `firmware/gpio/gpio.contract.ts`, and what only a kernel can
 * show. To be called in a `describe`.
 */
export function checkDriver(driver: GpioDriver, open: (label: string) => Promise<Gpio>): void {
  let chip: SimChip;
  let gpio: Gpio;
  beforeEach(async () => {
    chip = SimChip.plug(label);
    gpio = await open(label);
  });
  afterEach(async () => {
    await gpio.close();
    chip[Symbol.dispose]();
  });

  test('an output has its first level when it is claimed, and then what is written', async () => {
    const line = await gpio.output(OUT, 1);
    assert.deepEqual([chip.level(OUT), line.read()], [1, 1]);
    for (const level of [0, 1] as const) {
      line.write(level);
      await eventually(() => [chip.level(OUT), line.read()], [level, level]);
    }
  });

  test('an output is claimed without a glitch', async () => {
    const number = findSysfsChip(label).base + OUT;
    for (const level of [1, 0] as const) {
      chip.drive(OUT, level);
      using trace = new GpioTrace('set');
      await gpio.output(OUT, level);
      await gpio.close();
      const levels = trace.levels().filter((write) => write.number === number);
      assert.deepEqual(new Set(levels.map((write) => write.level)), new Set([level]));
      gpio = await open(label);
    }
  });

  test('an input shows the level it had when it was claimed, and later ones', async () => {
    chip.drive(IN, 1);
    const line = await gpio.input(IN);
    assert.equal(line.read(), 1);
    chip.drive(IN, 0);
    await eventually(() => line.read(), 0);
  });

  test('after a burst of changes the last level is told and read, however many were told apart', async () => {
    const line = await gpio.input(IN);
    const told: Level[] = [];
    line.onChange((level) => told.push(level));
    for (let i = 0; i < 11; i++) chip.drive(IN, i % 2 === 0 ? 1 : 0);
    await eventually(() => told.at(-1), 1);
    assert.equal(line.read(), 1);
    assert.ok(told.length <= 11);
  });

  test('a line is claimed once, by whatever program', async () => {
    await gpio.output(OUT, 0);
    await assert.rejects(gpio.input(OUT), { code: 'GPIO_BUSY' });
    await using _ = await LineHolder.start('chardev', label, IN);
    await assert.rejects(gpio.input(IN), { code: 'GPIO_BUSY' });
  });

  test('who may not use the lines is told so', async () => {
    const wrapper = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
    await assert.rejects(LineHolder.start(driver, label, OUT, { wrapper }), /no permission for/);
  });

  test('a line or a chip that does not exist is refused', async () => {
    await assert.rejects(gpio.input(chip.lines), { code: 'GPIO_LINE_RANGE' });
    await assert.rejects(open('no-such-chip'), { code: 'GPIO_NO_CHIP' });
  });

  test('lines that were given back can be claimed anew, and not be used before', async () => {
    const output = await gpio.output(OUT, 0);
    const input = await gpio.input(IN);
    await gpio.close();
    for (const use of [() => output.write(1), () => output.read(), () => input.read()]) {
      assert.throws(use, { code: 'GPIO_IO' });
    }
    gpio = await open(label);
    await gpio.input(OUT);
    await gpio.output(IN, 1);
    assert.equal(chip.level(IN), 1);
  });

  test('the chip is found by its label when others came first', async () => {
    await gpio.close();
    chip[Symbol.dispose]();
    using other = SimChip.plug('some-expander', 12);
    chip = SimChip.plug(label);
    gpio = await open(label);
    await gpio.output(OUT, 1);
    assert.deepEqual([other.level(0), chip.level(OUT)], [0, 1]);
  });

  test('a chip that is taken away is an error at the next use', async () => {
    const output = await gpio.output(OUT, 1);
    const input = await gpio.input(IN);
    input.onChange(() => {});
    chip[Symbol.dispose]();
    try {
      await eventually(() => codeOf(() => input.read()), 'GPIO_IO');
      await eventually(() => codeOf(() => output.write(0)), 'GPIO_IO');
    } finally {
      chip = SimChip.plug(label);
    }
  });
}

function codeOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return (error as { code?: string }).code;
  }
}
