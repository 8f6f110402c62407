import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const here = import.meta.dirname;
const SERVICES = ['lintel-first-start.service', 'lintel-identity.service', 'lintel-blink.service'];
const analyze = (...args: string[]) =>
  spawnSync('systemd-analyze', ['--no-pager', ...args], { encoding: 'utf8' });
const has = spawnSync('systemd-analyze', ['--version']).status === 0;

function value(unit: string, key: string): string {
  return new RegExp(`^${key}=(.*)$`, 'm').exec(readFileSync(join(here, unit), 'utf8'))?.[1] ?? '';
}

describe.runIf(has)('the service manager', () => {
  it.each(SERVICES)('finds %s exposed by 1.5 at most, and understands every line', (unit) => {
    const file = join(here, unit);
    expect(analyze('security', '--offline=true', '--threshold=15', file).status).toBe(0);
    const said = analyze('verify', file).stderr.split('\n');
    // The package is not installed here.
    expect(said.filter((line) => line !== '' && !/node is not executable/.test(line))).toEqual([]);
  });
});

it('settings are taken, the key is told and blinked, and only then is anything watched or sent', () => {
  const before = (unit: string) => value(unit, 'Before').split(' ');
  expect(before('lintel-first-start.service')).toEqual([
    'lintel-identity.service',
    'lintel-blink.service',
    'lintel-vision.service',
    'lintel-uplink.service',
  ]);
  for (const unit of SERVICES) {
    expect(before(unit)).toContain('lintel-vision.service');
    // Until it has ended, what comes after it does not begin.
    expect(value(unit, 'Type')).toBe('oneshot');
  }
  expect(value('lintel-blink.service', 'After')).toContain('lintel-identity.service');
});

it('what is said of settings and key is said on the console too', () => {
  for (const unit of SERVICES.slice(0, 2)) {
    expect([value(unit, 'StandardOutput'), value(unit, 'StandardError')]).toEqual([
      'journal+console',
      'journal+console',
    ]);
  }
});

it('who blinks has no camera, and nobody else who starts before vision has any device', () => {
  const blink = readFileSync(join(here, 'lintel-blink.service'), 'utf8');
  expect(blink.match(/^DeviceAllow=.*$/gm)).toEqual(['DeviceAllow=char-gpiochip rw']);
  for (const unit of SERVICES.slice(0, 2)) expect(value(unit, 'PrivateDevices')).toBe('yes');
});
