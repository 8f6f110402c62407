import { refusalToWatch } from '../../src/config/refusal-to-watch.ts';
import { loadSettings, type Settings } from '../../src/config/settings.ts';
import { LintelError } from '../../src/lintel-error.ts';
import { SystemClock } from '../../src/time/system-clock.ts';
import { guardedProgram } from '../system/running-guards.ts';
import { checkBroker } from './check-broker.ts';
import { checkCertificates } from './check-certificates.ts';
import { checkClock } from './check-clock.ts';
import { checkDoor, checkOccupiedDoor } from './check-door.ts';
import { checkDisk, checkSpool, checkState } from './check-folders.ts';
import { checkModel } from './check-model.ts';
import { checkSandbox } from './check-sandbox.ts';
import { type Finding, fail, ok } from './finding.ts';

/** Looks at everything that a camera is made of, and tells each thing as it is found. */
export async function* examine(settingsFile: string): AsyncGenerator<Finding> {
  let settings: Settings;
  try {
    settings = await loadSettings(settingsFile);
  } catch (error) {
    if (!(error instanceof LintelError)) throw error;
    yield fail('settings', error.message);
    return;
  }
  const clock = new SystemClock();
  const refusal = refusalToWatch(settings);
  const { name, device, place } = settings.site;
  yield refusal
    ? fail('settings', refusal.message)
    : ok('settings', `${name}/${device}, ${place ?? 'no place set'}`);
  const vision = guardedProgram(settings.lines)?.pid;
  yield* await checkModel(settings);
  yield await checkSpool(settings, clock.wallMs());
  yield await checkState(settings);
  yield await checkDisk(settings);
  yield await checkClock(settings, clock.wallMs());
  yield await checkCertificates(settings, clock.wallMs());
  yield await checkBroker(settings);
  yield await checkSandbox(vision);
  yield* vision === undefined
    ? await checkDoor(settings, refusal, clock)
    : await checkOccupiedDoor(settings, clock, vision);
}
