import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Gpio, Level } from './gpio.ts';

/** A chip under test and the other side of its lines. */
export interface GpioBench {
  /** Opens the chip, with lines 0 to `lines` - 1; again after the last one was closed. */
  open(): Promise<Gpio>;
  readonly lines: number;
  drive(line: number, level: Level): void;
  level(line: number): Level;
  /** Every level that the line has had, oldest first. */
  history(line: number): Level[];
}

const OUT = 17;
const IN = 22;

/** What every driver keeps. `bench` is asked for a chip whose lines are unclaimed and low. */
export function gpioContract(driver: string, bench: () => GpioBench): void {
  describe(`the contract of GPIO drivers, kept by ${driver}`, () => {
    let chip: GpioBench;
    let gpio: Gpio;

    beforeEach(async () => {
      chip = bench();
      gpio = await chip.open();
    });
    afterEach(async () => {
      await gpio.close();
      for (const line of [OUT, IN]) chip.drive(line, 0);
    });

    // A driver may be told by another thread, and its lines be played by another program.
    const eventually = (holds: () => void) => vi.waitFor(holds, { timeout: 30_000 });
    const settlesAt = (line: number, level: Level) => eventually(() => expect(chip.level(line)).toBe(level));

    it('an output has its first level when it is claimed, and then what is written', async () => {
      const line = await gpio.output(OUT, 1);
      expect([chip.level(OUT), line.read()]).toEqual([1, 1]);
      line.write(0);
      await settlesAt(OUT, 0);
      line.write(1);
      await settlesAt(OUT, 1);
      await eventually(() => expect(line.read()).toBe(1));
    });

    it('an output is claimed without a glitch', async () => {
      chip.drive(OUT, 1);
      const before = chip.history(OUT).length;
      await gpio.output(OUT, 1);
      expect(chip.history(OUT).slice(before)).toEqual([]);
    });

    it('an input shows the level it had when it was claimed, and later ones', async () => {
      chip.drive(IN, 1);
      const line = await gpio.input(IN);
      expect(line.read()).toBe(1);
      chip.drive(IN, 0);
      await eventually(() => expect(line.read()).toBe(0));
    });

    it('a change of an input is told, with the level that is on the line then', async () => {
      const line = await gpio.input(IN);
      const told: Level[] = [];
      line.onChange((level) => told.push(level));
      chip.drive(IN, 1);
      await eventually(() => expect(told.at(-1)).toBe(1));
      chip.drive(IN, 0);
      await eventually(() => expect(told.at(-1)).toBe(0));
    });

    it('after a burst of changes the last level is told and read, however many were told apart', async () => {
      const line = await gpio.input(IN);
      const told: Level[] = [];
      line.onChange((level) => told.push(level));
      for (let i = 0; i < 11; i++) chip.drive(IN, i % 2 === 0 ? 1 : 0);
      await eventually(() => expect([told.at(-1), line.read()]).toEqual([1, 1]));
      expect(told.length).toBeLessThanOrEqual(11);
    });

    it('a change is told although its level was read before', async () => {
      const line = await gpio.input(IN);
      const told: Level[] = [];
      line.onChange((level) => told.push(level));
      for (const level of [1, 0, 1, 0, 1, 0, 1, 0] as const) {
        chip.drive(IN, level);
        line.read();
        await eventually(() => expect(told.at(-1)).toBe(level));
      }
    });

    it('a line is claimed once', async () => {
      await gpio.output(OUT, 0);
      await expect(gpio.output(OUT, 0)).rejects.toMatchObject({ code: 'GPIO_BUSY' });
      await expect(gpio.input(OUT)).rejects.toMatchObject({ code: 'GPIO_BUSY' });
    });

    it('a line that the chip does not have is refused', async () => {
      for (const line of [-1, 1.5, chip.lines, Number.NaN]) {
        await expect(gpio.input(line)).rejects.toMatchObject({ code: 'GPIO_LINE_RANGE' });
      }
    });

    it('lines that were given back can be claimed anew', async () => {
      const line = await gpio.output(OUT, 1);
      line.write(0);
      await gpio.input(IN);
      await gpio.close();
      expect(chip.level(OUT)).toBe(0);
      gpio = await chip.open();
      await gpio.input(OUT);
      await gpio.output(IN, 1);
      expect(chip.level(IN)).toBe(1);
      await gpio.close();
      gpio = await chip.open();
    });

    it('a line that was given back can be neither read nor written, and tells nothing', async () => {
      const output = await gpio.output(OUT, 0);
      const input = await gpio.input(IN);
      const told = vi.fn();
      input.onChange(told);
      await gpio.close();
      expect(() => output.write(1)).toThrow(expect.objectContaining({ code: 'GPIO_IO' }));
      expect(() => output.read()).toThrow(expect.objectContaining({ code: 'GPIO_IO' }));
      expect(() => input.read()).toThrow(expect.objectContaining({ code: 'GPIO_IO' }));
      chip.drive(IN, 1);
      gpio = await chip.open();
      const again = await gpio.input(IN);
      expect(again.read()).toBe(1);
      expect(told).not.toHaveBeenCalled();
    });
  });
}
