import { beforeEach, describe, expect, it } from 'vitest';
import { SimulatedClock } from '../../src/time/simulated-clock.ts';
import { SimulatedGpio } from '../gpio/simulated.ts';
import { darken } from './darken.ts';

const SIGN = 17;
const ASSIST = 23;
let clock: SimulatedClock;
let gpio: SimulatedGpio;

const levels = () => [gpio.level(SIGN), gpio.level(ASSIST)];

/** Has both lines high, and still held. */
beforeEach(async () => {
  clock = new SimulatedClock();
  gpio = new SimulatedGpio(clock);
  for (const line of [SIGN, ASSIST]) await gpio.output(line, 1);
});

describe('darkening', () => {
  it('drives both lines low, and gives them back', async () => {
    for (const line of [SIGN, ASSIST]) gpio.lose(line);
    await darken(gpio, [SIGN, ASSIST], clock);
    expect(levels()).toEqual([0, 0]);
    await gpio.output(SIGN, 0);
  });

  it('waits for a program that still holds a line, and drives the other one meanwhile', async () => {
    gpio.lose(ASSIST);
    const darkened = darken(gpio, [SIGN, ASSIST], clock);
    await clock.advance(500);
    expect(levels()).toEqual([1, 0]);
    gpio.lose(SIGN);
    await clock.advance(100);
    await darkened;
    expect(levels()).toEqual([0, 0]);
  });

  it('gives up a line that somebody else keeps', async () => {
    gpio.lose(ASSIST);
    const darkened = expect(darken(gpio, [SIGN, ASSIST], clock)).rejects.toMatchObject({ code: 'GPIO_BUSY' });
    await clock.advance(10_000);
    await darkened;
    expect(levels()).toEqual([1, 0]);
    await gpio.output(ASSIST, 0);
  });
});
