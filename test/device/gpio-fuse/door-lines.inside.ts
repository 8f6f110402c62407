import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DoorLines } from '../../../firmware/gpio/door-lines.ts';
import { OnoffGpio } from '../../../firmware/gpio/onoff.ts';
import { SystemClock } from '../../../src/time/system-clock.ts';
import { pi, standIn } from './stand-in.ts';

const numbers = { sign: 17, sense: 27, button: 22, assist: 23, buttonNormally: 'closed' } as const;

describe('the door lines through onoff', () => {
  let door: DoorLines;
  let told: string[];
  const toldAtLast = (...what: string[]) => vi.waitFor(() => expect(told).toEqual(what), 30_000);

  beforeEach(async () => {
    told = [];
    door = await DoorLines.open(await OnoffGpio.open(pi.label), numbers, new SystemClock(), {
      button: (pressed) => told.push(pressed ? 'pressed' : 'released'),
      sense: (lit) => told.push(lit ? 'lit' : 'dark'),
      stuck: () => told.push('stuck'),
      failed: (error) => told.push(String(error)),
    });
  });
  afterEach(async () => {
    for (const line of [numbers.sense, numbers.button]) {
      standIn.deafen(line, false);
      standIn.drive(line, 0);
    }
    await door.close();
  });

  it('light the sign, see it lit, and see it lost', async () => {
    door.setSign(true);
    expect(standIn.level(numbers.sign)).toBe(1);
    standIn.drive(numbers.sense, 1);
    await toldAtLast('lit');
    standIn.drive(numbers.sense, 0);
    await toldAtLast('lit', 'dark');
  });

  it('tell a press once, out of a burst of edges that come as fewer', async () => {
    for (let i = 0; i < 11; i++) standIn.drive(numbers.button, i % 2 === 0 ? 1 : 0);
    await toldAtLast('pressed');
    for (let i = 0; i < 11; i++) standIn.drive(numbers.button, i % 2 === 0 ? 0 : 1);
    await toldAtLast('pressed', 'released');
  });

  it('tell a press and a lost sense whose edges were missed', async () => {
    standIn.deafen(numbers.button, true);
    standIn.deafen(numbers.sense, true);
    standIn.drive(numbers.sense, 1);
    await toldAtLast('lit');
    standIn.drive(numbers.button, 1);
    await toldAtLast('lit', 'pressed');
    standIn.drive(numbers.sense, 0);
    await toldAtLast('lit', 'pressed', 'dark');
  });

  it('are dark when they are given back', async () => {
    door.setSign(true);
    door.setAssist(true);
    await door.close();
    expect([standIn.level(numbers.sign), standIn.level(numbers.assist)]).toEqual([0, 0]);
  });
});
