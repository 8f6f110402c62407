import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { findSysfsChip } from '../../../firmware/gpio/sysfs-chip.ts';
import { figure } from '../guest-report.ts';
import { eventually } from '../sim/eventually.ts';
import { GpioTrace } from '../sim/gpio-trace.ts';
import { LineHolder } from '../sim/line-holder.ts';
import { monotonicMs } from '../sim/line-observer.ts';
import { SimChip } from '../sim/sim-chip.ts';

const sign = 17;
const assist = 23;

for (const driver of ['onoff', 'chardev'] as const) {
  test(`when a program is killed, its guard ends what it had started, and the sign goes dark after that, through ${driver}`, async () => {
    using chip = SimChip.plug();
    const number = findSysfsChip(chip.label).base + sign;
    using trace = new GpioTrace('set');
    await using holder = await LineHolder.start(driver, chip.label, sign, { assist });
    const writes = () => trace.levels().filter((write) => write.number === number);
    const killedMs = monotonicMs();
    await holder.kill();
    for (let lit = true; lit; await sleep(1)) {
      lit = chip.level(sign) === 1;
      // What runs now did when the sign was looked at. A program that leaves runs no more, and closes all it has open.
      assert.ok(lit || holder.child.state !== 'runs');
    }
    await eventually(() => writes().map(({ level }) => level), [1, 0]);
    figure(`${driver}: kill to the sign driven dark`, `${(writes().at(-1)!.atMs - killedMs).toFixed(0)} ms`);
  });
}
