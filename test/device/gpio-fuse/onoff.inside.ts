import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { Gpio as SysfsLine } from 'onoff';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { gpioContract } from '../../../firmware/gpio/gpio.contract.ts';
import type { Level } from '../../../firmware/gpio/gpio.ts';
import { OnoffGpio } from '../../../firmware/gpio/onoff.ts';
import { openGpio } from '../../../firmware/gpio/open-gpio.ts';
import { LineHolder } from '../sim/line-holder.ts';
import { pi, standIn } from './stand-in.ts';

gpioContract('OnoffGpio', () => ({ open: () => OnoffGpio.open('pinctrl-bcm'), lines: pi.lines, ...standIn }));

describe('onoff', () => {
  it("with a line's bare number on the chip fails with EINVAL, which is why the base is looked up", () => {
    expect(() => new SysfsLine(17, 'in')).toThrow(expect.objectContaining({ code: 'EINVAL' }));
  });
});

describe('OnoffGpio', () => {
  let gpio: OnoffGpio;
  const open = async () => {
    gpio = await OnoffGpio.open(pi.label);
    return gpio;
  };
  afterEach(async () => {
    standIn.refuse(0);
    await gpio.close();
  });

  it('finds its lines behind another chip', async () => {
    const line = await (await open()).output(17, 1);
    expect(line.read()).toBe(1);
    expect(existsSync(`/sys/class/gpio/gpio${pi.base + 17}`)).toBe(true);
  });

  it('leaves no line exported when it is closed', async () => {
    await (await open()).output(17, 1);
    await gpio.input(22);
    await gpio.close();
    expect(readdirSync('/sys/class/gpio').sort()).toEqual([
      'export',
      'gpiochip512',
      'gpiochip520',
      'unexport',
    ]);
  });

  it('is what is opened where the kernel has GPIO in sysfs', async () => {
    const opened = await openGpio('auto', pi.label);
    expect(opened).toBeInstanceOf(OnoffGpio);
    gpio = opened as OnoffGpio;
  });

  it('names the chips that are there when none has the label', async () => {
    await open();
    await expect(OnoffGpio.open('pinctrl-rp1')).rejects.toThrow(
      "no GPIO chip is labelled 'pinctrl-rp1' (there are: 'pl061' (8 lines), 'pinctrl-bcm2711' (54 lines))",
    );
  });

  it.each([
    { errno: 'EBUSY', code: 'GPIO_BUSY', says: 'GPIO line 17 is in use' },
    { errno: 'EACCES', code: 'GPIO_PERMISSION', says: 'no permission for GPIO line 17' },
    { errno: 'EPERM', code: 'GPIO_PERMISSION', says: 'no permission for GPIO line 17' },
    { errno: 'ENXIO', code: 'GPIO_UNAVAILABLE', says: 'GPIO line 17 cannot be claimed' },
  ] as const)('turns $errno on a claim into $code', async ({ errno, code, says }) => {
    await open();
    standIn.refuse(constants.errno[errno]);
    await expect(gpio.output(17, 0)).rejects.toMatchObject({ code, message: expect.stringContaining(says) });
  });

  it('takes over what a killed program left behind, whatever it had made of the line', async () => {
    await open();
    writeFileSync('/sys/class/gpio/export', String(pi.base + 17));
    writeFileSync(`/sys/class/gpio/gpio${pi.base + 17}/active_low`, '1');
    writeFileSync(`/sys/class/gpio/gpio${pi.base + 17}/edge`, 'both');
    const line = await gpio.output(17, 1);
    expect([line.read(), standIn.level(17)]).toEqual([1, 1]);
  });

  it('leaves a line to the program that uses it, and takes it over when that was killed', async () => {
    await open();
    await using holder = await LineHolder.start('onoff', pi.label, 17);
    await expect(gpio.output(17, 0)).rejects.toMatchObject({
      code: 'GPIO_BUSY',
      message: expect.stringMatching(/in use by 'node \(process \d+\)'/),
    });
    expect(standIn.level(17)).toBe(1);
    await holder.kill();
    await gpio.output(17, 0);
    expect(standIn.level(17)).toBe(0);
  });

  it('finds a line lost that is taken away while it is watched, without an uncaught error', async () => {
    await open();
    const [taken, kept] = [await gpio.input(22), await gpio.input(27)];
    const told = vi.fn();
    taken.onChange(told);
    standIn.drive(22, 1);
    await vi.waitFor(() => expect(told).toHaveBeenCalledOnce(), 30_000);
    writeFileSync('/sys/class/gpio/unexport', String(pi.base + 22));
    // Edges are told in turn, so after this one onoff has been told of the line that is gone.
    await new Promise<Level>((resolve) => {
      kept.onChange(resolve);
      standIn.drive(27, 1);
    });
    expect(() => taken.read()).toThrow(expect.objectContaining({ code: 'GPIO_IO' }));
    expect(told).toHaveBeenCalledOnce();
    for (const line of [22, 27]) standIn.drive(line, 0);
  });
});
