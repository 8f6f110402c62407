import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const here = import.meta.dirname;
const UNITS = readdirSync(here).filter((name) => /[.](service|path)$/.test(name));
const SERVICES = UNITS.filter((name) => name.endsWith('.service'));
const analyze = (...args: string[]) =>
  spawnSync('systemd-analyze', ['--no-pager', ...args], { encoding: 'utf8' });

describe.runIf(analyze('--version').status === 0)('the service manager', () => {
  it.each(SERVICES)('finds %s exposed by 1.5 at most', (unit) => {
    const { stdout, stderr } = analyze('security', '--offline=true', '--threshold=15', join(here, unit));
    const [, exposure = ''] = /Overall exposure level for \S+ ([0-9.]+)/.exec(stdout) ?? [stderr];
    expect(Number(exposure)).toBeGreaterThan(0);
    expect(Number(exposure)).toBeLessThanOrEqual(1.5);
  });

  it('understands every line of every unit', () => {
    const { stderr } = analyze('verify', ...UNITS.map((unit) => join(here, unit)));
    // The package is not installed here, and this machine's systemd may be older than the package's.
    const known = /^$|node is not executable|Unknown key 'RestartMode'/;
    const said = stderr.split('\n').filter((line) => !known.test(line));
    expect(said).toEqual([]);
  });
});
