import { expect, it } from 'vitest';
import type { BootedCard } from './booted-card.ts';
import { plugIn } from './image-machine.ts';
import { installedCard } from './installed-card.ts';
import { installFrom, startForUpdates, updateStick, version } from './update-rig.ts';

const TRIAL = { seconds: 60, deadline: 600 };

it('a good update is kept after its trial; one whose kernel panics, and one that does not watch, give way by themselves; nothing that was said is lost', async () => {
  const { card, folder } = await installedCard();
  const sticks = {
    good: await updateStick(folder, 'good'),
    'has-panic': await updateStick(folder, 'has-panic', 'rdinit=/nothing'),
    'is-blind': await updateStick(folder, 'is-blind', 'systemd.mask=lintel-vision.service'),
  };
  await using camera = await startForUpdates({ image: card.image, sticks }, TRIAL);
  await camera.watching();
  const before = await camera.ledger();
  expect(await camera.slot()).toBe('A');

  await installFrom(camera, 'good');
  await camera.ready();
  expect(await runs(camera)).toEqual({ slot: 'B', version: version('good') });
  await camera.saidOnConsole('trial: this slot is good');
  expect(await camera.recordsSince(before)).toBeGreaterThan(1);
  say('good: kept');

  await installFrom(camera, 'has-panic');
  await camera.ready();
  expect(await runs(camera)).toEqual({ slot: 'B', version: version('good') });
  say('panics: given up');

  await installFrom(camera, 'is-blind');
  await camera.ready();
  expect(await runs(camera)).toEqual({ slot: 'A', version: version('is-blind') });
  await camera.ready(TRIAL.deadline * 1_000);
  expect(await runs(camera)).toEqual({ slot: 'B', version: version('good') });
  await camera.machine.plug(plugIn('is-blind'));
  await camera.saidOnConsole(`${version('is-blind')} was tried, and did not become good`);
  await camera.watching();
  expect(await camera.recordsSince(before)).toBeGreaterThan(1);
  say('does not watch: given up, and not taken again');
});

async function runs(camera: BootedCard): Promise<{ slot: string; version: string }> {
  const said = await camera.says("grep -o 'lintel.version=[^ ]*' /proc/cmdline");
  return { slot: await camera.slot(), version: said.replace('lintel.version=', '') };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
