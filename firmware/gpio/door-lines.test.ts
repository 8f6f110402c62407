import { array, asyncProperty, boolean, assert as check, constantFrom, integer, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SimulatedClock } from '../../src/time/simulated-clock.ts';
import { DoorLines, type DoorLinesListener } from './door-lines.ts';
import type { Level } from './gpio.ts';
import { SimulatedGpio } from './simulated.ts';

const SIGN = 17;
const SENSE = 27;
const BUTTON = 22;
const ASSIST = 23;

interface Told {
  readonly what: string;
  readonly atMs: number;
}

async function openDoor(options: { sense?: number | undefined; buttonNormally?: 'closed' | 'open' } = {}) {
  const clock = new SimulatedClock();
  const gpio = new SimulatedGpio(clock);
  const told: Told[] = [];
  const tell = (what: string) => told.push({ what, atMs: clock.monotonicMs() });
  const listener: DoorLinesListener = {
    button: (pressed) => tell(pressed ? 'pressed' : 'released'),
    sense: (lit) => tell(lit ? 'lit' : 'dark'),
    stuck: () => tell('stuck'),
    failed: () => tell('failed'),
  };
  const numbers = {
    sign: SIGN,
    sense: SENSE,
    button: BUTTON,
    assist: ASSIST,
    buttonNormally: 'closed' as const,
  };
  const open = () => DoorLines.open(gpio, { ...numbers, ...options }, clock, listener);
  return { clock, gpio, told, open };
}

const whats = (told: Told[]) => told.map(({ what }) => what);

describe('the sign', () => {
  it('and the assist line are dark from the first moment on, and after the last', async () => {
    const { gpio, open, clock } = await openDoor();
    gpio.drive(SIGN, 1);
    gpio.drive(ASSIST, 1);
    const door = await open();
    expect([gpio.level(SIGN), gpio.level(ASSIST)]).toEqual([0, 0]);
    door.setSign(true);
    door.setAssist(true);
    expect([gpio.level(SIGN), gpio.level(ASSIST)]).toEqual([1, 1]);
    await door.close();
    await door.close();
    expect([gpio.level(SIGN), gpio.level(ASSIST)]).toEqual([0, 0]);
    door.setSign(true);
    await clock.advance(1000);
    expect(gpio.level(SIGN)).toBe(0);
  });

  it('is sensed within 20 ms when the lamp answers at once, and its loss too', async () => {
    const { gpio, open, clock, told } = await openDoor();
    gpio.wireLamp(SIGN, SENSE);
    const door = await open();
    await clock.advance(1000);
    door.setSign(true);
    expect(door.sense).toBe(false);
    await clock.advance(20);
    expect(door.sense).toBe(true);
    gpio.setLamp('dead');
    await clock.advance(20);
    expect(door.sense).toBe(false);
    expect(whats(told)).toEqual(['lit', 'dark']);
  });

  it('that is lit though nobody told it to is sensed', async () => {
    const { gpio, open, clock, told } = await openDoor();
    gpio.wireLamp(SIGN, SENSE);
    gpio.setLamp('shorted');
    await open();
    await clock.advance(100);
    expect(whats(told)).toEqual(['lit']);
  });

  it('is read back itself on a board without a sense line', async () => {
    const { gpio, open, clock, told } = await openDoor({ sense: undefined });
    const door = await open();
    door.setSign(true);
    await clock.advance(20);
    expect(whats(told)).toEqual(['lit']);
    gpio.drive(SIGN, 0);
    await clock.advance(100);
    expect(whats(told)).toEqual(['lit', 'dark']);
  });

  it('whose sense is lost without an edge is told to be dark within 100 ms, at whatever moment', async () => {
    await check(
      asyncProperty(integer({ min: 0, max: 200 }), async (afterMs) => {
        const { gpio, open, clock, told } = await openDoor();
        gpio.drive(SENSE, 1);
        await open();
        await clock.advance(100 + afterMs);
        gpio.drive(SENSE, 0, 'missed');
        await clock.advance(75);
        expect(whats(told)).toEqual(['lit', 'dark']);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the button', () => {
  it.each([
    { buttonNormally: 'closed', rest: 0, pressed: 1 },
    { buttonNormally: 'open', rest: 1, pressed: 0 },
  ] as const)('normally $buttonNormally, is pressed when its line reads $pressed', async (wiring) => {
    const { gpio, open, clock, told } = await openDoor(wiring);
    gpio.drive(BUTTON, wiring.rest);
    const door = await open();
    await clock.advance(1000);
    expect(told).toEqual([]);
    gpio.drive(BUTTON, wiring.pressed);
    await clock.advance(29);
    expect(door.button).toBe(false);
    await clock.advance(1);
    expect(door.button).toBe(true);
    gpio.drive(BUTTON, wiring.rest);
    await clock.advance(100);
    expect(whats(told)).toEqual(['pressed', 'released']);
  });

  it('that was pressed before the lines were opened, as a cut wire is, is told, and is stuck', async () => {
    const { gpio, open, clock, told } = await openDoor();
    gpio.drive(BUTTON, 1);
    await open();
    await clock.advance(50);
    expect(whats(told)).toEqual(['pressed', 'stuck']);
    gpio.drive(BUTTON, 0);
    await clock.advance(100);
    gpio.drive(BUTTON, 1);
    await clock.advance(100);
    expect(whats(told)).toEqual(['pressed', 'stuck', 'released', 'pressed']);
  });

  it('that is held for ten seconds is stuck, which is told once for each time', async () => {
    const { gpio, open, clock, told } = await openDoor();
    await open();
    for (const holdMs of [9_900, 60_000, 11_000]) {
      gpio.drive(BUTTON, 1);
      await clock.advance(holdMs);
      gpio.drive(BUTTON, 0);
      await clock.advance(100);
    }
    expect(whats(told).join(' ')).toBe('pressed released pressed stuck released pressed stuck released');
    const [pressed, stuck] = [told[2]!, told[3]!];
    expect(stuck.atMs - pressed.atMs).toBeGreaterThanOrEqual(10_000);
    expect(stuck.atMs - pressed.atMs).toBeLessThan(10_100);
  });

  it('whose torn wire picks up the mains counts as pressed', async () => {
    const { gpio, open, clock, told } = await openDoor();
    await open();
    for (let i = 0; i < 100; i++) {
      gpio.drive(BUTTON, i % 2 === 0 ? 1 : 0);
      await clock.advance(10);
    }
    expect(whats(told)).toEqual(['pressed']);
  });
});

const bounce = array(
  record({
    level: constantFrom<Level>(0, 1),
    ms: integer({ min: 0, max: 40 }),
    edge: constantFrom('seen' as const, 'missed' as const),
  }),
  { maxLength: 12 },
);

describe('bouncing lines, with edges missed at random', () => {
  it('tell a level that is held, once, within 85 ms, and tell changes by turns', async () => {
    await check(
      asyncProperty(array(bounce, { minLength: 1, maxLength: 4 }), boolean(), async (bounces, firstLevel) => {
        const { gpio, open, clock, told } = await openDoor();
        await open();
        let level: Level = firstLevel ? 1 : 0;
        for (const steps of bounces) {
          for (const step of steps) {
            gpio.drive(BUTTON, step.level, step.edge);
            await clock.advance(step.ms);
          }
          gpio.drive(BUTTON, level, 'missed');
          const heldSinceMs = clock.monotonicMs();
          await clock.advance(85);
          expect(whats(told).at(-1) ?? 'released').toBe(level === 1 ? 'pressed' : 'released');
          const settled = told.length;
          await clock.advance(300);
          expect(told.length).toBe(settled);
          expect(told.filter(({ atMs }) => atMs > heldSinceMs).length).toBeLessThanOrEqual(2);
          level = level === 1 ? 0 : 1;
        }
        whats(told).forEach((what, i) => {
          expect(what).toBe(i % 2 === 0 ? 'pressed' : 'released');
        });
      }),
      { numRuns: 60 },
    );
  });

  it('tell nothing of a flicker shorter than the settling time', async () => {
    const flicker = record({ ms: integer({ min: 0, max: 29 }), restMs: integer({ min: 60, max: 120 }) });
    await check(
      asyncProperty(array(flicker, { maxLength: 15 }), async (flickers) => {
        const { gpio, open, clock, told } = await openDoor();
        await open();
        for (const { ms, restMs } of flickers) {
          gpio.drive(BUTTON, 1);
          await clock.advance(ms);
          gpio.drive(BUTTON, 0);
          await clock.advance(restMs);
        }
        expect(told).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a line that is lost', () => {
  it('is told once, after which nothing more is told, and the sign counts as dark and can be darkened', async () => {
    const { gpio, open, clock, told } = await openDoor();
    gpio.wireLamp(SIGN, SENSE);
    const door = await open();
    door.setSign(true);
    await clock.advance(100);
    gpio.lose(BUTTON);
    await clock.advance(1000);
    expect(whats(told)).toEqual(['lit', 'failed']);
    expect(door.sense).toBe(false);
    door.setSign(false);
    expect(gpio.level(SIGN)).toBe(0);
  });

  it.each([SIGN, ASSIST])('is told within 50 ms if it is output %i', async (line) => {
    const { gpio, open, clock, told } = await openDoor();
    await open();
    await clock.advance(100);
    gpio.lose(line);
    await clock.advance(50);
    expect(whats(told)).toEqual(['failed']);
  });

  it('is told by a write too, and closing still darkens what can be darkened', async () => {
    const { gpio, open, told } = await openDoor();
    const door = await open();
    door.setAssist(true);
    gpio.lose(SIGN);
    door.setSign(true);
    door.setSign(false);
    expect(whats(told)).toEqual(['failed']);
    await expect(door.close()).rejects.toMatchObject({ code: 'GPIO_IO' });
    expect(gpio.level(ASSIST)).toBe(0);
  });

  it('when opening gives back those that were claimed', async () => {
    const { gpio, open } = await openDoor({ sense: BUTTON });
    await expect(open()).rejects.toMatchObject({ code: 'GPIO_BUSY' });
    await gpio.output(SIGN, 0);
  });
});
