import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Gpio, Level } from '../../../firmware/gpio/gpio.ts';
import { distribution, figure } from '../guest-report.ts';
import { eventually } from './eventually.ts';
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
 * Drives an input up and down, and reports how many edges a driver tells of and how soon. Times vary with the
 * machine, so only their order is checked; a driver that is not `lossless` may miss edges, but never the last level.
 */
export function checkEdges(
  open: (label: string) => Promise<Gpio>,
  { lossless }: { lossless: boolean },
): void {
  test(`of ${edges} edges ${gapMs} ms apart the last is told, and none before it happened`, async () => {
    using chip = SimChip.plug();
    const gpio = await open(chip.label);
    const input = await gpio.input(line);
    const sent: Edge[] = [];
    const told: Edge[] = [];
    input.onChange((level) => told.push({ level, atMs: monotonicMs() }));
    for (let i = 0; i < edges; i++) {
      const level = i % 2 === 0 ? 1 : 0;
      sent.push({ level, atMs: monotonicMs() });
      chip.drive(line, level);
      await sleep(gapMs);
    }
    await eventually(() => [told.at(-1)?.level, input.read()], [sent.at(-1)!.level, sent.at(-1)!.level]);
    await gpio.close();

    figure('edges told', `${told.length} of ${edges}`);
    figure('edge to callback', distribution(delays(sent, told)));
    if (lossless) assert.equal(told.length, edges);
  });
}

/** From each edge that was told of to the telling. */
function delays(sent: readonly Edge[], told: readonly Edge[]): number[] {
  let next = 0;
  return told.map(({ level, atMs }) => {
    const cause = sent.findIndex((edge, i) => i >= next && edge.level === level && edge.atMs <= atMs);
    assert.notEqual(cause, -1, `level ${level} was told though no such edge had happened`);
    next = cause + 1;
    return atMs - sent[cause]!.atMs;
  });
}
