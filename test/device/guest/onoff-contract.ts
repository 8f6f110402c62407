import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import { Gpio as SysfsLine } from 'onoff';
import { OnoffGpio } from '../../../firmware/gpio/onoff.ts';
import { checkDriver } from '../sim/driver-checks.ts';
import { checkEdges } from '../sim/edge-checks.ts';
import { checkKill } from '../sim/kill-checks.ts';
import { SimChip } from '../sim/sim-chip.ts';

test('onoff itself, given a bare BCM number, is refused by this kernel', () => {
  using _ = SimChip.plug();
  assert.throws(() => new SysfsLine(17, 'out'), { code: 'EINVAL' });
});

const open = (label: string) => OnoffGpio.open(label);
describe('the onoff driver', () => checkDriver('onoff', open));
checkEdges(open, 'the last');
checkKill('onoff', open, 'for ever');
