import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findSysfsChip } from './sysfs-chip.ts';

describe('finding a chip in sysfs', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'lintel-sysfs-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function addChip(base: number, label: string, lines: number): void {
    const folder = join(root, `gpiochip${base}`);
    mkdirSync(folder);
    for (const [name, value] of Object.entries({ base, label, ngpio: lines })) {
      writeFileSync(join(folder, name), `${value}\n`);
    }
  }

  it('reads where its lines begin, which is 512 on a kernel since 6.6, or later behind other chips', () => {
    addChip(512, 'raspberrypi-exp-gpio', 8);
    addChip(520, 'pinctrl-bcm2711', 54);
    expect(findSysfsChip('pinctrl-bcm', root)).toEqual({ label: 'pinctrl-bcm2711', base: 520, lines: 54 });
  });

  it('says which driver to use on a kernel without GPIO in sysfs', () => {
    expect(() => findSysfsChip('pinctrl-bcm', join(root, 'gpio'))).toThrow(
      expect.objectContaining({
        code: 'GPIO_UNAVAILABLE',
        message: expect.stringContaining("use the driver 'chardev'"),
      }),
    );
  });

  it('names the chips that are there when none fits', () => {
    addChip(512, 'pl061', 8);
    expect(() => findSysfsChip('pinctrl-bcm', root)).toThrow("'pl061' (8 lines)");
  });
});
