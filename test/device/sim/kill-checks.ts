import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Gpio } from '../../../firmware/gpio/gpio.ts';
import { figure } from '../guest-report.ts';
import { eventually } from './eventually.ts';
import { kill } from './kill.ts';
import { LineObserver, monotonicMs } from './line-observer.ts';
import { SimChip } from './sim-chip.ts';

const line = 17;
/** Twice what a guard gives a camera that has lost its reader. */
const longEnoughMs = 1000;

/** What becomes of a lit sign when the program that lit it is killed: it stays, or goes out. */
export function checkKill(
  driver: 'onoff' | 'gpiod',
  open: (label: string) => Promise<Gpio>,
  outcome: 'stays' | 'falls',
): void {
  test(`the output of a program that was killed ${outcome}, and can be claimed anew`, async () => {
    using chip = SimChip.plug();
    await using observer = await LineObserver.start(chip, [line]);
    const command = [join(import.meta.dirname, 'hold-output.ts'), driver, chip.label, String(line)];
    const program = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
    let killedMs: number;
    try {
      await once(program.stdout, 'data');
      assert.equal(chip.level(line), 1);
    } finally {
      killedMs = monotonicMs();
      await kill(program);
    }
    if (outcome === 'stays') await sleep(longEnoughMs);
    else await eventually(() => chip.level(line), 0);
    const gpio = await open(chip.label);
    assert.equal(chip.level(line), outcome === 'stays' ? 1 : 0);
    await gpio.output(line, 0);
    await gpio.close();

    await eventually(() => observer.sightings.map(({ level }) => level), [0, 1, 0]);
    const fell = observer.sightings.at(-1)!;
    if (outcome === 'falls') figure('kill to the sign out', `${(fell.byMs - killedMs).toFixed(0)} ms`);
  });
}
