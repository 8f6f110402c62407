import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Gpio, Level } from '../../../firmware/gpio/gpio.ts';
import { findSysfsChip } from '../../../firmware/gpio/sysfs-chip.ts';
import { distribution, figure } from '../guest-report.ts';
import { eventually } from './eventually.ts';
import { GpioTrace } from './gpio-trace.ts';
import { monotonicMs } from './line-observer.ts';
import { SimChip } from './sim-chip.ts';

const line = 22;
const edges = 500;
const gapMs = 20;

interface Edge {
  readonly level: Level;
  readonly atMs: number;
}

/**
 * Drives an input up and down, and reports how many edges a driver tells of and how soon. Times vary with the machine,
 * so only their order is checked.
 * @param which whether each edge that the kernel saw has to be told, or the last one only. Of edges that follow each
 * other more quickly than its interrupt's thread, which on a busy host is slow, the kernel sees fewer.
 */
export function checkEdges(open: (label: string) => Promise<Gpio>, which: 'each' | 'the last'): void {
  test(`of ${edges} edges ${gapMs} ms apart ${which} is told, and none before it happened`, async () => {
    using chip = SimChip.plug();
    const gpio = await open(chip.label);
    const input = await gpio.input(line);
    const sent: Edge[] = [];
    const told: Edge[] = [];
    using trace = new GpioTrace('get');
    input.onChange((level) => told.push({ level, atMs: monotonicMs() }));
    for (let i = 0; i < edges; i++) {
      const level = i % 2 === 0 ? 1 : 0;
      sent.push({ level, atMs: monotonicMs() });
      chip.drive(line, level);
      await sleep(gapMs);
    }
    const last = sent.at(-1)!;
    await eventually(() => told.at(-1)?.level === last.level && told.at(-1)!.atMs >= last.atMs, true);
    if (which === 'each') {
      const number = findSysfsChip(chip.label).base + line;
      const seen = trace.levels().filter((edge) => edge.number === number);
      await eventually(() => levelsOf(told), levelsOf(seen));
    }
    assert.equal(input.read(), last.level);
    assert.ok(told.length <= edges);
    await gpio.close();

    figure('edges told', `${told.length} of ${edges}`);
    figure('edge to callback', distribution(delays(sent, told)));
  });
}

const levelsOf = (list: readonly { level: Level }[]) => list.map(({ level }) => level);

/** From each telling back to the last edge that it can be about. */
function delays(sent: readonly Edge[], told: readonly Edge[]): number[] {
  return told.map(({ level, atMs }) => {
    const cause = sent.findLast((edge) => edge.level === level && edge.atMs <= atMs);
    assert.ok(cause, `level ${level} was told though no such edge had happened`);
    return atMs - cause.atMs;
  });
}
