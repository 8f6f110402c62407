import { describe, expect, it } from 'vitest';
import { SettledLevel } from './settled-level.ts';

/** Takes readings given as [time, state], and says at which times what counts became what. */
function play(level: SettledLevel, readings: [number, boolean][]): [number, boolean][] {
  return readings.filter(([ms, reading]) => level.take(reading, ms)).map(([ms]) => [ms, level.value]);
}

describe('a settled level', () => {
  it('changes once it was read without a break for the settling time', () => {
    const level = new SettledLevel({ settleMs: 30, safe: true });
    const readings: [number, boolean][] = [0, 100, 110, 120, 129, 130, 140].map((ms) => [ms, ms >= 100]);
    expect(play(level, readings)).toEqual([[130, true]]);
  });

  it('starts anew after every reading to the contrary', () => {
    const level = new SettledLevel({ settleMs: 30, safe: true });
    expect(
      play(level, [
        [0, false],
        [10, true],
        [39, true],
        [40, false],
        [41, true],
        [70, true],
        [71, true],
      ]),
    ).toEqual([[71, true]]);
  });

  it.each([true, false])('never changes on one reading, however late the next one (safe: %s)', (safe) => {
    const level = new SettledLevel({ settleMs: 5, safe });
    expect(
      play(level, [
        [0, false],
        [5_000, true],
        [5_001, false],
        [9_000, false],
      ]),
    ).toEqual([]);
  });

  it('wants another reading soon for as long as it is open what holds', () => {
    const level = new SettledLevel({ settleMs: 30, safe: true });
    const pending = [
      [0, false],
      [50, true],
      [79, true],
      [80, true],
    ].map(([ms, reading]) => {
      level.take(reading as boolean, ms as number);
      return level.pending;
    });
    expect(pending).toEqual([false, true, true, false]);
  });

  it.each([true, false])('counts as %s, the safe one, when it will not rest', (safe) => {
    const level = new SettledLevel({ settleMs: 30, safe });
    play(level, [
      [0, !safe],
      [40, !safe],
    ]);
    const hum: [number, boolean][] = Array.from({ length: 200 }, (_, i) => [45 + 5 * i, (i >> 1) % 2 === 0]);
    const changes = play(level, hum);
    expect(changes).toHaveLength(1);
    expect(changes[0]![1]).toBe(safe);
    expect(changes[0]![0]).toBeLessThan(600);
  });
});
