import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { MadeSlot } from '../../deploy/image/make-image.ts';
import type { Signing } from '../../deploy/image/signing.ts';
import { BootedCard } from './booted-card.ts';
import { type ImageMachine, plugIn } from './image-machine.ts';
import { slowUnits } from './material.ts';
import { stickWithUpdate } from './stick.ts';

const { made, signing } = JSON.parse(process.env.LINTEL_MADE!) as { made: MadeSlot; signing: Signing };
const WINDOW_SECONDS = 60;

/** How long all has to hold before a slot is good, and how long is waited for that. */
export interface Trial {
  readonly seconds: number;
  readonly deadline: number;
}

/** The version of an update: the later in the alphabet its name, the newer. */
export const version = (name: string) => `${made.facts.version}+${name}`;

/** A stick with an update that differs in its version, and in what is added to its kernel's command line. */
export async function updateStick(folder: string, name: string, options = ''): Promise<string> {
  const work = join(folder, name);
  await mkdir(work);
  return stickWithUpdate(made.slot, { ...made.facts, version: version(name), options }, signing, work);
}

/** Starts a card with a shorter trial, and sticks that are not plugged in yet. */
export async function startForUpdates(machine: ImageMachine, trial: Trial): Promise<BootedCard> {
  const times = `TRIAL_SECONDS=${trial.seconds} TRIAL_DEADLINE_SECONDS=${trial.deadline}`;
  const dropIns = {
    ...(await slowUnits(WINDOW_SECONDS)),
    'lintel-trial.service': `[Service]\nEnvironment=${times}\n`,
  };
  return BootedCard.start({ ...machine, dropIns });
}

/** Plugs a stick in and takes it away again when the update is installed: the machine is about to start anew. */
export async function installFrom(camera: BootedCard, name: string): Promise<void> {
  await camera.machine.plug(plugIn(name));
  await camera.saidOnConsole(`${version(name)} is tried after the next start`);
  await camera.machine.unplug(`${name}-plugged`);
}
