import { createInterface } from 'node:readline';
import type { Settings } from '../../src/config/settings.ts';
import type { Clock } from '../../src/time/clock.ts';
import type { Gpio } from './gpio.ts';
import { openGpio } from './open-gpio.ts';
import { SimulatedGpio } from './simulated.ts';

/** The chip that a door's settings name. Without hardware, button and lamp are worked by lines on the standard input. */
export async function openDoorGpio(lines: Settings['lines'], clock: Clock): Promise<Gpio> {
  const { driver, chip, sign, sense, button } = lines;
  if (driver !== 'simulated') return openGpio(driver, chip);
  const gpio = new SimulatedGpio(clock);
  if (sense !== undefined) gpio.wireLamp(sign, sense);
  const pressed = lines.buttonNormally === 'closed' ? 1 : 0;
  gpio.drive(button, pressed === 1 ? 0 : 1);
  createInterface({ input: process.stdin }).on('line', (line) => {
    if (line === 'press') gpio.drive(button, pressed);
    if (line === 'release') gpio.drive(button, pressed === 1 ? 0 : 1);
    if (line === 'break lamp') gpio.setLamp('dead');
    if (line === 'short lamp') gpio.setLamp('shorted');
  });
  return gpio;
}
