import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Gpio } from '../../../firmware/gpio/gpio.ts';
import type { GpioDriver } from '../../../firmware/gpio/open-gpio.ts';
import { figure } from '../guest-report.ts';
import { eventually } from './eventually.ts';
import { LineHolder } from './line-holder.ts';
import { LineObserver, monotonicMs } from './line-observer.ts';
import { SimChip } from './sim-chip.ts';

const line = 17;
const longEnoughMs = 1000;

/** What becomes of a lit sign when the program that lit it is killed: it stays, or goes out. */
export function checkKill(
  driver: GpioDriver,
  open: (label: string) => Promise<Gpio>,
  outcome: 'stays' | 'falls',
): void {
  test(`the output of a program that was killed ${outcome}, and can be claimed anew, though what it started goes on`, async () => {
    using chip = SimChip.plug();
    await using observer = await LineObserver.start(chip, [line]);
    await using holder = await LineHolder.start(driver, chip.label, line);
    assert.equal(chip.level(line), 1);
    const killedMs = monotonicMs();
    await holder.kill();
    if (outcome === 'stays') await sleep(longEnoughMs);
    const gpio = await open(chip.label);
    assert.equal(chip.level(line), outcome === 'stays' ? 1 : 0);
    await gpio.output(line, 0);
    assert.equal(holder.child.state, 'runs');
    await gpio.close();

    await eventually(() => observer.sightings.map(({ level }) => level), [0, 1, 0]);
    const fell = observer.sightings.at(-1)!;
    if (outcome === 'falls') figure('kill to the sign out', `${(fell.byMs - killedMs).toFixed(0)} ms`);
  });
}
