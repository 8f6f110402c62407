import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import test, { describe } from 'node:test';
import { ChardevGpio } from '../../../firmware/gpio/chardev.ts';
import type { Level } from '../../../firmware/gpio/gpio.ts';
import { findSysfsChip } from '../../../firmware/gpio/sysfs-chip.ts';
import { figure } from '../guest-report.ts';
import { checkDriver } from '../sim/driver-checks.ts';
import { checkEdges } from '../sim/edge-checks.ts';
import { eventually } from '../sim/eventually.ts';
import { GpioTrace } from '../sim/gpio-trace.ts';
import { kill } from '../sim/kill.ts';
import { checkKill } from '../sim/kill-checks.ts';
import { LineHolder } from '../sim/line-holder.ts';
import { SimChip } from '../sim/sim-chip.ts';

const line = 22;
/** What the kernel keeps of a line's changes. */
const kept = 1024;
/** So many of them are told before the level is, if others are missing. */
const readAtOnce = 64;
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
async function change(times: number): Promise<{ told: Level[]; seen: Level[] }> {
  using chip = SimChip.plug();
  const number = findSysfsChip(chip.label).base + line;
  const gpio = await open(chip.label);
  const input = await gpio.input(line);
  const told: Level[] = [];
  input.onChange((level) => told.push(level));
  using trace = new GpioTrace('get');
  for (let i = 1; i <= times; i++) chip.drive(line, i % 2 === 1 ? 1 : 0);
  await eventually(() => told.at(-1), chip.level(line));
  // The event loop comes by at whatever is left in each of its turns.
  for (let before = 0; before < told.length; await new Promise(setImmediate)) before = told.length;
  await gpio.close();
  const edges = trace.levels().filter((edge) => edge.number === number);
  return { told, seen: edges.map(({ level }) => level) };
}

test('of changes that happen while the program has no time, each that the kernel saw is told', async () => {
  const { told, seen } = await change(101);
  assert.deepEqual(told, seen);
  figure('told of a burst', `${told.length} of 101`);
});

test('of more changes than the kernel keeps, the newest are told, and the level is read once more', async () => {
  const { told, seen } = await change(5001);
  const newest = seen.slice(0, -1).slice(-kept);
  assert.deepEqual(told.toSpliced(readAtOnce, 1), newest);
  assert.equal(told.at(-1), 1);
  figure('told of a long burst', `${told.length} of 5001, of which the kernel saw ${seen.length - 1}`);
});
