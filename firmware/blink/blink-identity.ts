import { loadSettings } from '../../src/config/settings.ts';
import { NodeDisk } from '../../src/disk/node-disk.ts';
import { DeviceKey } from '../../src/identity/device-key.ts';
import { ChoiceFile } from '../../src/interlock/choice-file.ts';
import { LintelError } from '../../src/lintel-error.ts';
import { SystemClock } from '../../src/time/system-clock.ts';
import { fingerprint } from '../../src/wire/fingerprint.ts';
import { openDoorGpio } from '../gpio/open-door-gpio.ts';
import { Guard } from '../system/guard.ts';
import { guardedProgram } from '../system/running-guards.ts';
import { type Blinked, blink } from './blink.ts';
import { fingerprintMarks } from './fingerprint-marks.ts';

/**
 * Blinks the fingerprint of this device's key, while no `vision` runs and under a guard, which darkens the sign should
 * this program be killed.
 * @throws LintelError LINES_TAKEN, GUARD_BUSY, those of the key and of the lines
 */
export async function blinkIdentity(settingsFile: string, signal: AbortSignal): Promise<Blinked> {
  const { lines, paths } = await loadSettings(settingsFile);
  const disk = new NodeDisk();
  const { publicKey } = await DeviceKey.read(paths.state, disk);
  const holder = guardedProgram(lines);
  if (holder) {
    throw new LintelError(
      'LINES_TAKEN',
      `process ${holder.pid} has the door's lines, and the sign is its own: end it first (systemctl stop lintel-vision)`,
    );
  }
  const clock = new SystemClock();
  const gpio = await openDoorGpio(lines, clock);
  const lost = new AbortController();
  const guard = await Guard.start(lines, paths.aim, clock, (error) => lost.abort(error));
  try {
    const blinked = await blink(fingerprintMarks(fingerprint(publicKey)), {
      gpio: guard.beating(gpio),
      lines,
      clock,
      choice: new ChoiceFile(paths.state, disk),
      signal: AbortSignal.any([signal, lost.signal]),
    });
    lost.signal.throwIfAborted();
    return blinked;
  } finally {
    await guard.dismiss();
  }
}
