import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { loadSettings, parseSettings } from '../config/settings.ts';
import type { Disk } from '../disk/disk.ts';
import { replaceFile } from '../disk/replace-file.ts';
import { readSettingsFile } from '../settings-file/settings-file.ts';
import type { DoorwayProposal } from './doorway-proposal.ts';
import { editSection } from './edit-settings.ts';

/** @returns the text of the settings with another doorway, which was found good. @throws LintelError SETTINGS_... */
export async function proposedSettings(file: string, doorway: DoorwayProposal): Promise<string> {
  const text = await readSettingsFile(file, 'lintel settings');
  // Of a file that is broken already, that is said.
  parseSettings(text, file);
  const proposed = editSection(text, 'doorway', withoutUndefined(doorway));
  parseSettings(proposed, file);
  return proposed;
}

/**
 * Puts another doorway into a settings file: written beside it, checked as it lies there, and only then put in its place, in one
 * step. What was there before is kept as `<file>.old`.
 * @throws LintelError SETTINGS_..., with the file as it was
 */
export async function saveDoorway(name: string, doorway: DoorwayProposal, disk: Disk): Promise<void> {
  // What is put in place of a link would leave the file that it leads to.
  const file = await realpath(name).catch(() => name);
  const proposed = await proposedSettings(file, doorway);
  const before = await readSettingsFile(file, 'lintel settings');
  const beside = `${file}.proposed`;
  try {
    await disk.write(beside, Buffer.from(proposed));
    await loadSettings(beside);
    await replaceFile(disk, `${file}.old`, Buffer.from(before));
    await disk.rename(beside, file);
    await disk.syncDirectory(dirname(file));
  } catch (error) {
    await disk.remove(beside);
    throw error;
  }
}

function withoutUndefined(doorway: DoorwayProposal) {
  return Object.fromEntries(Object.entries(doorway).filter(([, value]) => value !== undefined)) as Record<
    string,
    string | [number, number][]
  >;
}
