import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Gpio } from '../../../firmware/gpio/gpio.ts';
import type { GpioDriver } from '../../../firmware/gpio/open-gpio.ts';
import { eventually } from './eventually.ts';
import { LineHolder } from './line-holder.ts';
import { LineObserver } from './line-observer.ts';
import { SimChip } from './sim-chip.ts';

const line = 17;
const longEnoughMs = 1000;

/**
 * What becomes of a lit sign when the program that lit it is killed: it stays lit for ever, or until the programs that
 * were started meanwhile are gone too, and the line cannot be claimed before.
 */
export function checkKill(
  driver: GpioDriver,
  open: (label: string) => Promise<Gpio>,
  stays: 'for ever' | 'until its children end',
): void {
  test(`the output of a program that was killed stays ${stays}, and can be claimed anew`, async () => {
    using chip = SimChip.plug();
    await using observer = await LineObserver.start(chip, [line]);
    await using holder = await LineHolder.start(driver, chip.label, line);
    await holder.kill();
    await sleep(longEnoughMs);
    assert.equal(chip.level(line), 1);
    const gpio = await open(chip.label);
    if (stays === 'until its children end') {
      await assert.rejects(gpio.output(line, 0), { code: 'GPIO_BUSY' });
      holder.child.kill();
      await holder.child.ended();
      assert.equal(chip.level(line), 0);
    }
    await gpio.output(line, 0);
    await gpio.close();
    await eventually(() => observer.sightings.map(({ level }) => level), [0, 1, 0]);
  });
}
