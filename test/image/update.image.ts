import { describe, expect, it } from 'vitest';
import type { BootedCard } from './booted-card.ts';
import { STICK } from './image-machine.ts';
import { installedCard } from './installed-card.ts';
import { installFrom, NEWER, startForUpdates, updateStick } from './update-rig.ts';

/** How long all has to hold here, and how long is waited for that. */
const GOOD = { seconds: 60, deadline: 1_500 };
const BAD = { seconds: 60, deadline: 90 };

const version = (camera: BootedCard) => camera.says("grep -o 'lintel.version=[^ ]*' /proc/cmdline");

describe('an update', () => {
  it('that is good is tried and kept, with the same key and all that was said before', async () => {
    const installed = await installedCard();
    await using camera = await startForUpdates(
      { image: installed.card.image, stick: await updateStick(installed.folder) },
      GOOD,
    );
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
    const stick = await updateStick(installed.folder, 'systemd.mask=lintel-vision.service');
    await using camera = await startForUpdates({ image: installed.card.image, stick }, BAD);
    await camera.watching();
    const before = await camera.ledger();
    await installFrom(camera);
    await camera.ready();
    expect(await camera.slot()).toBe('B');
    await camera.ready();
    expect(await camera.slot()).toBe('A');
    await camera.watching();
    expect(await camera.recordsSince(before)).toBeGreaterThan(1);
    await camera.machine.plug(STICK);
    await camera.saidOnConsole(`${NEWER} was tried, and did not become good`);
  });

  it('whose kernel panics is given up by itself', async () => {
    const installed = await installedCard();
    await using camera = await startForUpdates(
      { image: installed.card.image, stick: await updateStick(installed.folder, 'init=/nothing') },
      GOOD,
    );
    await camera.watching();
    await installFrom(camera);
    await camera.ready();
    expect(await camera.slot()).toBe('A');
    await camera.watching();
  });
});
