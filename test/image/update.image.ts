import { describe, expect, it } from 'vitest';
import type { MadeSlot } from '../../deploy/image/make-image.ts';
import type { Signing } from '../../deploy/image/signing.ts';
import { BootedCard } from './booted-card.ts';
import type { Card } from './card.ts';
import { type Installed, installedCard } from './installed-card.ts';
import { slowVision } from './material.ts';
import { stickWithUpdate } from './stick.ts';

const { made, signing } = JSON.parse(process.env.LINTEL_MADE!) as { made: MadeSlot; signing: Signing };
const NEWER = `${made.facts.version}+newer`;
const WINDOW_SECONDS = 60;
const PLUGGED = 'usb-storage,drive=stick,id=plugged';
/** How long all has to hold here, and how long is waited for that. */
const GOOD = { seconds: 60, deadline: 1_500 };
const BAD = { seconds: 60, deadline: 90 };

/** An update with this added to its kernel's command line. */
function update({ folder }: Installed, options = ''): Promise<string> {
  return stickWithUpdate(made.slot, { ...made.facts, version: NEWER, options }, signing, folder);
}

async function start({ image }: Card, stick?: string, trial = GOOD): Promise<BootedCard> {
  const times = `TRIAL_SECONDS=${trial.seconds} TRIAL_DEADLINE_SECONDS=${trial.deadline}`;
  return BootedCard.start({
    image,
    ...(stick && { stick }),
    dropIns: {
      'lintel-vision.service': await slowVision(WINDOW_SECONDS),
      'lintel-trial.service': `[Service]\nEnvironment=${times}\n`,
    },
  });
}

/** Plugs the stick in, and resolves when the machine has started again and takes commands. */
async function installFrom(camera: BootedCard): Promise<void> {
  await camera.machine.plug(PLUGGED);
  await camera.saidOnConsole(`${NEWER} is tried after the next start`);
  await camera.machine.unplug('plugged');
}

const version = (camera: BootedCard) => camera.says("grep -o 'lintel.version=[^ ]*' /proc/cmdline");

describe('an update', () => {
  it('that is good is tried and kept, with the same key and all that was said before', async () => {
    const installed = await installedCard();
    await using camera = await start(installed.card, await update(installed));
    await camera.watching();
    const before = await camera.ledger();
    expect(await camera.slot()).toBe('A');

    await installFrom(camera);
    await camera.ready();
    expect(await camera.slot()).toBe('B');
    expect(await version(camera)).toBe(`lintel.version=${NEWER}`);
    await camera.saidOnConsole('trial: this slot is good');
    await camera.restart();
    expect(await camera.slot()).toBe('B');
    await camera.watching();
    expect(await camera.recordsSince(before)).toBeGreaterThan(1);
  });

  it('in which nothing watches is given up by itself, and not taken again', async () => {
    const installed = await installedCard();
    const stick = await update(installed, 'systemd.mask=lintel-vision.service');
    await using camera = await start(installed.card, stick, BAD);
    await camera.watching();
    const before = await camera.ledger();
    await installFrom(camera);
    await camera.ready();
    expect(await camera.slot()).toBe('B');
    await camera.ready();
    expect(await camera.slot()).toBe('A');
    await camera.watching();
    expect(await camera.recordsSince(before)).toBeGreaterThan(1);
    await camera.machine.plug(PLUGGED);
    await camera.saidOnConsole(`${NEWER} was tried, and did not become good`);
  });

  it('whose kernel panics is given up by itself', async () => {
    const installed = await installedCard();
    await using camera = await start(installed.card, await update(installed, 'init=/nothing'));
    await camera.watching();
    await installFrom(camera);
    await camera.ready();
    expect(await camera.slot()).toBe('A');
    await camera.watching();
  });

  it('that somebody else has signed is not installed', async () => {
    // TODO
  });
});
