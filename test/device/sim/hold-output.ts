import { GpiodGpio } from '../../../firmware/gpio/gpiod.ts';
import { OnoffGpio } from '../../../firmware/gpio/onoff.ts';

// A program that drives a line high, says so, and stays: `node hold-output.ts onoff|gpiod LABEL LINE`.
const [driver, label, line] = process.argv.slice(2);
const gpio = await (driver === 'gpiod' ? GpiodGpio : OnoffGpio).open(label!);
await gpio.output(Number(line), 1);
process.stdout.write('holding\n');
setInterval(() => {}, 60_000);
