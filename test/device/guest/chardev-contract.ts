import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import test, { describe } from 'node:test';
import { ChardevGpio } from '../../../firmware/gpio/chardev.ts';
import type { Level } from '../../../firmware/gpio/gpio.ts';
import { figure } from '../guest-report.ts';
import { checkDriver } from '../sim/driver-checks.ts';
import { checkEdges } from '../sim/edge-checks.ts';
import { eventually } from '../sim/eventually.ts';
import { kill } from '../sim/kill.ts';
import { checkKill } from '../sim/kill-checks.ts';
import { LineHolder } from '../sim/line-holder.ts';
import { SimChip } from '../sim/sim-chip.ts';

const line = 22;
const gapMs = 20;
const idle = new Int32Array(new SharedArrayBuffer(4));
const open = (label: string) => ChardevGpio.open(label);

describe('the driver of the character device', () => checkDriver('chardev', open));
checkEdges(open, 'each');
checkKill('chardev', open, 'until its children end');

test('an input is not held by the programs that were started meanwhile', async () => {
  using chip = SimChip.plug();
  const gpio = await open(chip.label);
  await gpio.input(line);
  const child = spawn('sleep', ['600']);
  await once(child, 'spawn');
  await gpio.close();
  await gpio.input(line);
  await gpio.close();
  await kill(child);
});

test('who holds a line is named', async () => {
  using chip = SimChip.plug();
  await using _ = await LineHolder.start('chardev', chip.label, line);
  const gpio = await open(chip.label);
  await assert.rejects(gpio.output(line, 0), /GPIO line 22 is in use by 'lintel'/);
});

/** Changes the line so often, up and down in turn, while this program has no time to look. */
async function levelsTold(changes: number, gapMs: number): Promise<Level[]> {
  using chip = SimChip.plug();
  const gpio = await open(chip.label);
  const input = await gpio.input(line);
  const told: Level[] = [];
  input.onChange((level) => told.push(level));
  for (let i = 1; i <= changes; i++) {
    chip.drive(line, i % 2 === 1 ? 1 : 0);
    Atomics.wait(idle, 0, 0, gapMs);
  }
  await eventually(() => told.at(-1), input.read());
  // The event loop comes by at whatever is left in each of its turns.
  for (let before = 0; before < told.length; await new Promise(setImmediate)) before = told.length;
  await gpio.close();
  return told;
}

test('changes that happen while the program has no time are told one by one', async () => {
  // Of changes that follow each other more quickly than its interrupt's thread, the kernel itself sees fewer.
  const told = await levelsTold(11, gapMs);
  assert.deepEqual(told, [1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);
});

test('of more changes than the kernel keeps, the last level is told', async () => {
  const changes = 5001;
  const told = await levelsTold(changes, 0);
  assert.equal(told.at(-1), 1);
  figure('told of changes that nobody had time for', `${told.length} of ${changes}`);
});
