import { describe } from 'node:test';
import { GpiodGpio } from '../../../firmware/gpio/gpiod.ts';
import { checkDriver } from '../sim/driver-checks.ts';
import { checkEdges } from '../sim/edge-checks.ts';
import { checkKill } from '../sim/kill-checks.ts';

const open = (label: string) => GpiodGpio.open(label);
describe('the gpiod driver', () => checkDriver(open));
checkEdges(open);
checkKill('gpiod', open, 'falls');
