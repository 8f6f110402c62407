import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hostTool } from '../../deploy/host-tool.ts';
import { type PartitionName, partition } from '../../deploy/image/partition-plan.ts';
import { SeededRandom } from '../scene/seeded-random.ts';
import type { BootedCard, Ledger } from './booted-card.ts';
import type { Card } from './card.ts';
import { installedCard } from './installed-card.ts';
import { startForUpdates, updateStick, version } from './update-rig.ts';
import { SECTOR_BYTES, WriteLog } from './write-log.ts';

/** Longer than any run here: no trial comes to its end. */
const TRIAL = { seconds: 3_600, deadline: 7_200 };
const WRITING = 6;
/** What UEFI says when it hands over to GRUB. */
const STARTS = 'BdsDxe: starting Boot';
const MIB = 2 ** 20;

interface Cut {
  readonly when: string;
  /** How many requests of the update the card was given before it. */
  readonly requests: number;
}

it('power cuts, from the beginning of an update to its trial, each leave a camera that starts, watches, and has lost nothing, though the card lost what it was not told to keep', async () => {
  const { card, folder } = await installedCard();
  const kept = join(folder, 'kept.img');
  const writeLog = join(folder, 'writes');
  const before = await firstRun(card);
  await hostTool('cp', ['--sparse=always', card.image, kept]);
  const cuts = await update(card, await updateStick(folder, 'newer'), writeLog);
  const log = await WriteLog.read(writeLog);
  expectSlotBeforeTrial(log);
  for (const at of writesTo(log, 'start')) {
    await card.becomes(kept);
    await log.leaveOn(card.image, at + 1, new SeededRandom(at));
    expect(await card.grubEnvironment()).toMatch(/^lintel_good=A\nlintel_try=B?$/m);
  }
  const share = Number(process.env.LINTEL_POWER_CUTS ?? cuts.length) / cuts.length;
  const asked = cuts.filter((_, at) => Math.floor(at * share) > Math.floor((at - 1) * share));
  const expected: Record<string, string> = {};
  const outcomes: Record<string, string> = {};
  for (const [seed, { when, requests }] of asked.entries()) {
    await card.becomes(kept);
    await log.leaveOn(card.image, requests, new SeededRandom(seed));
    expected[when] = `slot ${dueSlot(await card.grubEnvironment())}`;
    outcomes[when] = await again(card, before).catch(String);
    process.stdout.write(`cut ${when} (${requests} requests): ${outcomes[when]}\n`);
  }
  expect(outcomes).toEqual(expected);
});

/** @returns what the card has kept when it is to be updated */
async function firstRun(card: Card): Promise<Ledger> {
  await using camera = await startForUpdates({ image: card.image }, TRIAL);
  await camera.watching();
  const ledger = await camera.ledger();
  await camera.says('systemctl stop lintel-vision lintel-uplink; sync');
  return ledger;
}

/** Updates it, up to where the new slot watches. @returns the moments at which the power will have gone */
async function update(card: Card, newer: string, writeLog: string): Promise<Cut[]> {
  await writeFile(writeLog, '');
  const machine = { image: card.image, sticks: { newer }, plugged: 'newer', writeLog };
  await using camera = await startForUpdates(machine, TRIAL);
  const after = async (moment: Promise<unknown>) => {
    await moment;
    return WriteLog.lengthOf(writeLog);
  };
  const begun = await after(camera.saidOnConsole('installing '));
  const written = await after(camera.saidOnConsole(`${version('newer')} is tried after the next start`));
  const started = await after(camera.saidOnConsole(STARTS, 2));
  const ready = await after(camera.ready());
  const watching = await after(camera.watching());
  expect(await camera.slot()).toBe('B');
  return [
    { when: 'before the first block is written', requests: begun },
    ...Array.from({ length: WRITING - 1 }, (_, at) => ({
      when: `after ${at + 1} of ${WRITING} parts of what is written`,
      requests: Math.round(begun + ((written - begun) * (at + 1)) / WRITING),
    })),
    { when: 'when all is written, before the restart', requests: written },
    { when: 'when the machine starts again', requests: started },
    { when: 'when the new slot takes commands', requests: ready },
    { when: 'while the new slot watches, and is on trial', requests: watching },
  ];
}

/** The new slot is on the card for good before the card says that it is to be tried. */
function expectSlotBeforeTrial(log: WriteLog): void {
  const slot = Math.max(writesTo(log, 'root-b').at(-1)!, writesTo(log, 'boot-b').at(-1)!);
  const trial = writesTo(log, 'start').find((at) => at > slot)!;
  expect(log.isFlushedBetween(slot, trial)).toBe(true);
}

/** What the card says is started next: the trial, while nobody has begun it. */
function dueSlot(environment: string): string {
  return (/^lintel_try=(.+)$/m.exec(environment) ?? /^lintel_good=(.+)$/m.exec(environment))![1]!;
}

function writesTo(log: WriteLog, name: PartitionName): number[] {
  const { startMiB, sizeMiB } = partition(name);
  return log.writesTo((startMiB * MIB) / SECTOR_BYTES, (sizeMiB * MIB) / SECTOR_BYTES);
}

/** Starts it without the stick. @returns which slot it was @throws when that has lost something */
async function again(card: Card, before: Ledger): Promise<string> {
  await using camera: BootedCard = await startForUpdates({ image: card.image }, TRIAL);
  await camera.watching();
  expect(await camera.recordsSince(before)).toBeGreaterThan(0);
  const troubles = 'dmesg --level=err,crit,alert,emerg | grep -iE "ext4|fat|squashfs" || true';
  expect(await camera.says(troubles)).toBe('');
  return `slot ${await camera.slot()}`;
}
