import type { AimFolder } from '../../src/aiming/aim-folder.ts';
import type { Clock } from '../../src/time/clock.ts';
import { openGpio } from '../gpio/open-gpio.ts';
import { darken } from './darken.ts';
import { endGuardedPrograms } from './guarded-programs.ts';
import { type GuardedLines, guardsEndedByForce } from './running-guards.ts';

/**
 * Does what the guard does, in case it was killed as well, or stands still: when `vision` is gone, and its guard, it removes
 * what was shown to an installer, ends every program that they have left, and only then darkens the sign.
 * @throws LintelError GUARD_BUSY while a `vision` watches; GpioError
 */
export async function darkenAfterVision(lines: GuardedLines, aim: AimFolder, clock: Clock): Promise<void> {
  await guardsEndedByForce(lines);
  const cleared = await aim.clear().catch((error: unknown) => error);
  await endGuardedPrograms();
  const { driver, chip, sign, assist } = lines;
  // Simulated lines are in vision's own memory, and have ended with it.
  if (driver !== 'simulated') await darken(await openGpio(driver, chip), [sign, assist], clock);
  // The sign does not wait for a disk.
  if (cleared) throw cleared;
}
