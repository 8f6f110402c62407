import { expect, it } from 'vitest';
import { unitValues } from './unit-file.ts';

const SERVICES = ['lintel-first-start.service', 'lintel-identity.service', 'lintel-blink.service'];

it('settings are taken, the key is told and blinked, and only then is anything watched or sent', () => {
  const before = (unit: string) => unitValues(unit, 'Before')[0]!.split(' ');
  expect(before('lintel-first-start.service')).toEqual([
    'lintel-identity.service',
    'lintel-blink.service',
    'lintel-vision.service',
    'lintel-uplink.service',
  ]);
  for (const unit of SERVICES) {
    expect(before(unit)).toContain('lintel-vision.service');
    // Until it has ended, what comes after it does not begin.
    expect(unitValues(unit, 'Type')).toEqual(['oneshot']);
  }
  expect(unitValues('lintel-blink.service', 'After').join(' ')).toContain('lintel-identity.service');
});

it('what is said of settings and key is said on the console too', () => {
  for (const unit of SERVICES.slice(0, 2)) {
    for (const stream of ['StandardOutput', 'StandardError']) {
      expect(unitValues(unit, stream)).toEqual(['journal+console']);
    }
  }
});

it('who blinks has no camera, and nobody else who starts before vision has any device', () => {
  expect(unitValues('lintel-blink.service', 'DeviceAllow')).toEqual(['char-gpiochip rw']);
  for (const unit of SERVICES.slice(0, 2)) expect(unitValues(unit, 'PrivateDevices')).toEqual(['yes']);
});
