import { spawn } from 'node:child_process';
import { type GpioDriver, openGpio } from '../../../firmware/gpio/open-gpio.ts';
import { Guard } from '../../../firmware/system/guard.ts';
import { SystemClock } from '../../../src/time/system-clock.ts';

// A program that drives a line high, starts another, says that one's number, and stays; with ASSIST under a guard, as
// its sign: `node hold-output.ts DRIVER LABEL LINE [ASSIST]`.
const [driver, chip, line, assist] = process.argv.slice(2) as [GpioDriver, string, string, string?];
const sign = Number(line);
const lines = { driver, chip, sign, assist: Number(assist) };
if (assist) await Guard.start(lines, '/nonexistent', new SystemClock(), () => {});
const gpio = await openGpio(driver, chip);
await gpio.output(sign, 1);
const child = spawn('sleep', ['600'], { stdio: 'ignore' });
process.stdout.write(`${child.pid}\n`);
