import type { MadeSlot } from '../../deploy/image/make-image.ts';
import type { Signing } from '../../deploy/image/signing.ts';
import { BootedCard } from './booted-card.ts';
import { type ImageMachine, STICK } from './image-machine.ts';
import { slowUnits } from './material.ts';
import { stickWithUpdate } from './stick.ts';

const { made, signing } = JSON.parse(process.env.LINTEL_MADE!) as { made: MadeSlot; signing: Signing };
const WINDOW_SECONDS = 60;

/** The version of the update that a test tries. */
export const NEWER = `${made.facts.version}+newer`;

export interface Trial {
  readonly seconds: number;
  readonly deadline: number;
}

/** A stick with an update that differs in its version, and in what is added to its kernel's command line. */
export function updateStick(folder: string, options = ''): Promise<string> {
  return stickWithUpdate(made.slot, { ...made.facts, version: NEWER, options }, signing, folder);
}

/** Starts a card with a shorter trial, and a stick that is not plugged in yet. */
export async function startForUpdates(machine: ImageMachine, trial: Trial): Promise<BootedCard> {
  const times = `TRIAL_SECONDS=${trial.seconds} TRIAL_DEADLINE_SECONDS=${trial.deadline}`;
  return BootedCard.start({
    ...machine,
    dropIns: {
      ...(await slowUnits(WINDOW_SECONDS)),
      'lintel-trial.service': `[Service]\nEnvironment=${times}\n`,
    },
  });
}

/** Plugs the stick in and takes it away again when the update is installed: the machine is about to start anew. */
export async function installFrom(camera: BootedCard): Promise<void> {
  await camera.machine.plug(STICK);
  await camera.saidOnConsole(`${NEWER} is tried after the next start`);
  await camera.machine.unplug('plugged');
}
