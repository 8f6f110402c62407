import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ChardevGpio } from './chardev.ts';
import { openGpio } from './open-gpio.ts';

// A kernel with lines to hold is in the emulated machine: test/device/guest/chardev-contract.ts.

it('says so when there is no chip, and takes no link or file for one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-chardev-'));
  writeFileSync(join(folder, 'gpiochip0'), '');
  symlinkSync('/dev/null', join(folder, 'gpiochip4'));
  await expect(ChardevGpio.open('pinctrl-bcm', folder)).rejects.toMatchObject({
    code: 'GPIO_NO_CHIP',
    message: expect.stringContaining('there is no chip at all'),
  });
  rmSync(folder, { recursive: true });
});

it('is what is opened where the kernel has no GPIO in sysfs', async () => {
  await expect(openGpio('auto', 'no-such-chip', '/nowhere')).rejects.toMatchObject({
    // On a machine that has chips, whoever runs this may not be allowed to open them.
    code: expect.stringMatching(/^GPIO_(NO_CHIP|PERMISSION)$/),
  });
});
