import { errorCode } from '../../src/disk/disk.ts';
import { LintelError } from '../../src/lintel-error.ts';

/** EX_CONFIG of sysexits(3). The units name it: a program that ended so is not started again by itself. */
export const MISCONFIGURED = 78;
const NEEDS_OTHER_SETTINGS = /^SETTINGS_|^WATCH_REFUSED$/;

/**
 * Runs one of the two programs. Where nothing but other settings would help it says so, and ends with a code of its own:
 * started again and again it would wear out the card, and fill the log in which the reason stands.
 * @param run gives the exit code
 */
export async function runService(run: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await run();
  } catch (error) {
    if (!(error instanceof LintelError) || !NEEDS_OTHER_SETTINGS.test(error.code)) throw error;
    // A disk may give them the next time.
    if (errorCode(error.cause) === 'EIO') throw error;
    process.stderr.write(`lintel: ${error.message}\n`);
    // Set by systemd, which a person at a terminal has not started it by.
    if (process.env.INVOCATION_ID !== undefined) {
      process.stderr.write(
        "lintel: this service stays off; mend the settings, then: 'systemctl restart lintel-vision lintel-uplink'\n",
      );
    }
    process.exitCode = MISCONFIGURED;
  }
}
