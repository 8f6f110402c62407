import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { hostTool } from '../../deploy/host-tool.ts';
import type { BootedCard, Ledger } from './booted-card.ts';
import { installedCard } from './installed-card.ts';
import { startForUpdates, updateStick, version } from './update-rig.ts';

const TRIAL = { seconds: 30, deadline: 1_500 };
const WRITING = 6;
const TRIED = `${version('newer')} is tried after the next start`;
const KERNEL = 'EFI stub: Booting Linux Kernel';

interface Cut {
  readonly when: string;
  /** Resolves at the moment of the cut. */
  readonly moment: (camera: BootedCard, installMs: number) => Promise<unknown>;
}

const CUTS: readonly Cut[] = [
  { when: 'before the first block is written', moment: (camera) => camera.saidOnConsole('installing ') },
  ...Array.from({ length: WRITING - 1 }, (_, at) => ({
    when: `after ${at + 1} of ${WRITING} parts of the time that it takes to write`,
    moment: async (camera: BootedCard, installMs: number) => {
      await camera.saidOnConsole('installing ');
      await delay((installMs * (at + 1)) / WRITING);
    },
  })),
  { when: 'when all is written, before the restart', moment: (camera) => camera.saidOnConsole(TRIED) },
  { when: "when the new slot's kernel begins", moment: (camera) => camera.saidOnConsole(KERNEL, 2) },
  { when: 'when the new slot takes commands', moment: (camera) => camera.ready() },
  {
    when: 'while the new slot watches, and is on trial',
    moment: async (camera) => {
      await camera.ready();
      await camera.watching();
    },
  },
];
const asked = CUTS.slice(0, Number(process.env.LINTEL_POWER_CUTS ?? CUTS.length));

it(`${asked.length} power cuts, from the beginning of an update to its trial, each leave a camera that starts, watches, and has lost nothing`, async () => {
  const { card, folder } = await installedCard();
  const sticks = { newer: await updateStick(folder, 'newer') };
  const kept = join(folder, 'kept.img');
  const before = await firstRun();
  let installMs = 0;
  await uncut();
  for (const { when, moment } of asked) {
    await card.becomes(kept);
    await cut(moment);
    const slot = await again();
    process.stdout.write(`cut ${when}: slot ${slot}\n`);
    expect(slot).toBe('A');
  }

  /** What is on the card before the update. */
  async function firstRun(): Promise<Ledger> {
    await using camera = await startForUpdates({ image: card.image }, TRIAL);
    await camera.watching();
    const ledger = await camera.ledger();
    await camera.says('systemctl stop lintel-vision lintel-uplink; sync');
    await hostTool('cp', ['--sparse=always', card.image, kept]);
    return ledger;
  }

  async function uncut(): Promise<void> {
    await using camera = await startForUpdates({ image: card.image, sticks, plugged: 'newer' }, TRIAL);
    await camera.saidOnConsole('installing ');
    const beganMs = performance.now();
    await camera.saidOnConsole(TRIED);
    installMs = performance.now() - beganMs;
  }

  /** The power goes when this returns. */
  async function cut(moment: Cut['moment']): Promise<void> {
    await using camera = await startForUpdates({ image: card.image, sticks, plugged: 'newer' }, TRIAL);
    await moment(camera, installMs);
  }

  /** Starts it without the stick. @returns which slot it was */
  async function again(): Promise<string> {
    await using camera = await startForUpdates({ image: card.image }, TRIAL);
    await camera.watching();
    expect(await camera.recordsSince(before)).toBeGreaterThan(0);
    expect(
      await camera.says('dmesg --level=err,crit,alert,emerg | grep -iE "ext4|fat|squashfs" || true'),
    ).toBe('');
    return camera.slot();
  }
});
