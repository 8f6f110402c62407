import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { loadSettingsFile } from '../config/settings.ts';
import type { Disk } from '../disk/disk.ts';
import { errorCode } from '../disk/disk.ts';
import { replaceFile } from '../disk/replace-file.ts';
import { LintelError } from '../lintel-error.ts';
import { type DoorwayProposal, doorwayProposal } from './doorway-proposal.ts';
import { proposedSettings, saveDoorway } from './save-doorway.ts';

const MOST_BYTES = 8_192;
const TAKEN_MS = 20_000;
const LOOK_MS = 100;

/**
 * Leaves a doorway for another program, which may write the settings, and waits until it was taken.
 * @param file is removed by who takes it
 * @throws LintelError SETTINGS_... when it cannot be used, SAVE_FAILED when nobody saved it
 */
export async function proposeDoorway(
  file: string,
  settingsFile: string,
  doorway: DoorwayProposal,
  disk: Disk,
): Promise<void> {
  await proposedSettings(settingsFile, doorway);
  await replaceFile(disk, file, Buffer.from(JSON.stringify(doorway)));
  for (let waitedMs = 0; waitedMs < TAKEN_MS; waitedMs += LOOK_MS) {
    await delay(LOOK_MS);
    if (await isThere(file, disk)) continue;
    if (await isSaved(settingsFile, doorway)) return;
    break;
  }
  await disk.remove(file);
  throw new LintelError('SAVE_FAILED', 'the doorway was not saved: see the log of lintel-aiming-save');
}

/** Takes a doorway that was left, and saves it. @throws LintelError PROPOSAL_INVALID, SETTINGS_... */
export async function takeProposal(file: string, settingsFile: string, disk: Disk): Promise<void> {
  try {
    const doorway = decodeProposal(await disk.read(file, MOST_BYTES));
    if (!doorway) throw new LintelError('PROPOSAL_INVALID', `${file} holds no doorway: save it once more`);
    await saveDoorway(settingsFile, doorway, disk);
  } finally {
    await disk.remove(file);
  }
}

/** @returns undefined when this is no doorway. @throws never */
export function decodeProposal(bytes: Uint8Array): DoorwayProposal | undefined {
  try {
    return doorwayProposal.safeParse(JSON.parse(Buffer.from(bytes).toString())).data;
  } catch {
    return undefined;
  }
}

async function isThere(file: string, disk: Disk): Promise<boolean> {
  return disk.read(file, MOST_BYTES).then(
    () => true,
    (error) => errorCode(error) !== 'ENOENT',
  );
}

/** Saving it once more changes nothing. */
async function isSaved(settingsFile: string, doorway: DoorwayProposal): Promise<boolean> {
  const { doorway: saved } = await loadSettingsFile(settingsFile);
  return Object.entries(doorway).every(([key, value]) =>
    isDeepStrictEqual(saved[key as keyof DoorwayProposal], value),
  );
}
