import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { AimFolder } from '../../src/aiming/aim-folder.ts';
import { NodeDisk } from '../../src/disk/node-disk.ts';
import { SystemClock } from '../../src/time/system-clock.ts';
import { openGpio } from '../gpio/open-gpio.ts';
import { darken } from './darken.ts';
import { endGuardedPrograms } from './guarded-programs.ts';
import { type GuardedLines, guardsEnded } from './running-guards.ts';
import { RunningProcess } from './running-process.ts';

// The process that outlives `vision`: `guard-program.ts LINES AIM VISION`, started by `Guard`. When `vision` ends by
// whatever cause, or hangs, it sees to it that first `vision` is gone, then what it showed to an installer, then every
// program that it started, and only then drives the sign dark. It knows of the end from the kernel, which closes the
// channel between the two.

/**
 * `vision` shows itself twice in a turn; after so many turns without that, it hangs. Turns are counted, not time:
 * while the whole machine stands still, the guard does too.
 */
const TURN_MS = 1_000;
const TURNS = 3;

const [argument, aimFolder, visionId] = process.argv.slice(2) as [string, string, string];
const lines: GuardedLines = JSON.parse(argument);
const { driver, chip, sign, assist } = lines;
const vision = RunningProcess.withId(visionId);
const over = Promise.withResolvers<string>();
let silentTurns = 0;

// Whoever asks everything to end means `vision`; the guard ends after it.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
const left = () => over.resolve('vision ended without closing');
process.on('disconnect', left);
// While this file was being loaded.
if (!process.connected) left();
process.once('message', () => {
  setInterval(() => {
    if (++silentTurns > TURNS) over.resolve('vision hangs');
  }, TURN_MS);
});
process.on('message', () => {
  silentTurns = 0;
  tell('seen');
});

try {
  // Simulated lines are in vision's own memory, and end with it.
  const gpio = driver === 'simulated' ? undefined : await openGpio(driver, chip);
  // An earlier guard of these lines still has to darken them, before anybody may light them again.
  if (gpio) await guardsEnded(lines, RunningProcess.withPid(process.pid)!);
  tell('guarding');
  // Without its sources' compiled form the next guard needs half as much memory again.
  flushCompileCache();

  const reason = await over.promise;
  vision.kill();
  await vision.ended();
  await new AimFolder(aimFolder, new NodeDisk()).clear().catch((error: Error) => say(error.message));
  await endGuardedPrograms(visionId);
  if (gpio) await darken(gpio, [sign, assist], new SystemClock());
  say(`${reason}: it and its programs were ended${gpio ? ', then the sign was darkened' : ''}`);
  process.exit(0);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

/** What `vision` can no longer be told, it need not be. */
function tell(what: string): void {
  process.send?.(what, () => {});
}

function say(message: string): void {
  try {
    writeSync(2, `lintel guard: ${message}\n`);
  } catch {
    // Nobody reads any more; what had to be done is done.
  }
}
