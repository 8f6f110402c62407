import type { Settings } from '../../src/config/settings.ts';
import { NodeDisk } from '../../src/disk/node-disk.ts';
import { ChoiceFile } from '../../src/interlock/choice-file.ts';
import { LintelError } from '../../src/lintel-error.ts';
import type { Clock } from '../../src/time/clock.ts';
import { type ChosenCamera, openCamera } from '../camera/open-camera.ts';
import { openDoorGpio } from '../gpio/open-door-gpio.ts';
import { DoorTrial, type Permission } from './door-trial.ts';
import { type Finding, fail, skipped } from './finding.ts';

/**
 * Lines, button, sense and camera of a door at which no `vision` runs. The sensor is opened by nothing but the interlock,
 * under a guard, as `vision` does it (promises P1 and P2).
 */
export async function checkDoor(
  settings: Settings,
  refusal: LintelError | undefined,
  clock: Clock,
): Promise<Finding[]> {
  const chosen = await choose(settings, clock);
  const permission = await mayLook(settings, refusal);
  try {
    const gpio = await openDoorGpio(settings.lines, clock);
    const trial = await DoorTrial.open({ gpio, settings, clock });
    try {
      return withCamera(await trial.run('camera' in chosen ? chosen.camera : undefined, permission), chosen);
    } finally {
      await trial.close();
    }
  } catch (error) {
    if (!(error instanceof LintelError)) throw error;
    return withCamera([fail('lines', error.message)], chosen);
  }
}

/** At a door at which one runs, which has the lines and the camera to itself. */
export async function checkOccupiedDoor(
  settings: Settings,
  clock: Clock,
  vision: number,
): Promise<Finding[]> {
  const why = `process ${vision} has them: its log tells how they are; end it to have them tried here`;
  const items = (['lines', 'button', 'sense'] as const).map((item) => skipped(item, why));
  const chosen = await choose(settings, clock);
  return withCamera([...items, skipped('camera', `not opened, since process ${vision} has it`)], chosen);
}

type Choice = ChosenCamera | { readonly lacks: string };

async function choose({ camera }: Settings, clock: Clock): Promise<Choice> {
  try {
    return await openCamera(camera, clock);
  } catch (error) {
    if (error instanceof LintelError) return { lacks: error.message };
    throw error;
  }
}

/** Says of the camera also how it is reached, and why so. */
function withCamera(findings: readonly Finding[], chosen: Choice): Finding[] {
  const others = findings.filter(({ item }) => item !== 'camera');
  if ('lacks' in chosen) return [...others, fail('camera', chosen.lacks)];
  const camera = findings.find(({ item }) => item === 'camera') ?? skipped('camera', 'not opened');
  return [...others, { ...camera, text: `${camera.text} (${chosen.why})` }];
}

/** Whether the sign may be lit and the sensor opened, for a moment, in order to look at them. */
async function mayLook({ paths }: Settings, refusal: LintelError | undefined): Promise<Permission> {
  if (refusal) return { isGiven: false, why: 'the settings do not allow to watch' };
  const choice = new ChoiceFile(paths.state, new NodeDisk());
  try {
    if (!(await choice.read())) return { isGiven: true, choice };
    return {
      isGiven: false,
      why: 'a resident has opted out, which holds for this too; a press of the button ends it',
    };
  } catch {
    const why = `${paths.state} cannot be read, where a resident’s choice is: start vision once, or run this as root`;
    return { isGiven: false, why };
  }
}
