import assert from 'node:assert/strict';
import test from 'node:test';
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
  test(`the guard of a program that is killed ends what it had started, and drives the sign dark through ${driver}`, async () => {
    using chip = SimChip.plug();
    const number = findSysfsChip(chip.label).base + sign;
    using trace = new GpioTrace();
    await using holder = await LineHolder.start(driver, chip.label, sign, { assist });
    const writes = () => trace.writes().filter((write) => write.number === number);
    const killedMs = monotonicMs();
    await holder.kill();
    await eventually(() => writes().map(({ level }) => level), [1, 0], 30_000);
    assert.equal(holder.child.state, 'gone');
    assert.equal(chip.level(sign), 0);
    figure(`${driver}: kill to the sign driven dark`, `${(writes().at(-1)!.atMs - killedMs).toFixed(0)} ms`);
  });
}
