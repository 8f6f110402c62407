import { describe, expect, it } from 'vitest';
import { SimulatedClock } from '../../src/time/simulated-clock.ts';
import { gpioContract } from './gpio.contract.ts';
import type { Level } from './gpio.ts';
import { type OutputChange, SimulatedGpio } from './simulated.ts';

gpioContract('SimulatedGpio', () => {
  const gpio = new SimulatedGpio(new SimulatedClock());
  const history = new Map<number, Level[]>();
  gpio.onOutput(({ line, level }) => history.set(line, [...(history.get(line) ?? []), level]));
  return {
    open: async () => gpio,
    lines: SimulatedGpio.chip.lines,
    drive: (line, level) => gpio.drive(line, level),
    level: (line) => gpio.level(line),
    history: (line) => history.get(line) ?? [],
  };
});

describe('the other side of simulated lines', () => {
  it('sees every change of an output, with its time', async () => {
    const clock = new SimulatedClock();
    const gpio = new SimulatedGpio(clock);
    const seen: OutputChange[] = [];
    gpio.onOutput((change) => seen.push(change));
    const sign = await gpio.output(17, 0);
    await clock.advance(40);
    sign.write(1);
    sign.write(1);
    await clock.advance(2);
    sign.write(0);
    expect(seen).toEqual([
      { line: 17, level: 1, atMs: 40 },
      { line: 17, level: 0, atMs: 42 },
    ]);
  });

  it('has a lamp that lights the sense line, unless it is broken', async () => {
    const gpio = new SimulatedGpio(new SimulatedClock());
    gpio.wireLamp(17, 27);
    const sign = await gpio.output(17, 0);
    const sense = await gpio.input(27);
    const seen: Level[] = [];
    sense.onChange((level) => seen.push(level));
    sign.write(1);
    expect(sense.read()).toBe(1);
    gpio.setLamp('dead');
    expect(sense.read()).toBe(0);
    gpio.setLamp('shorted');
    sign.write(0);
    expect(sense.read()).toBe(1);
    gpio.setLamp('whole');
    expect(sense.read()).toBe(0);
    expect(seen).toEqual([1, 0, 1, 0]);
  });

  it('keeps its levels when the program is gone', async () => {
    const gpio = new SimulatedGpio(new SimulatedClock());
    (await gpio.output(17, 0)).write(1);
    await gpio.close();
    expect(gpio.level(17)).toBe(1);
  });
});
