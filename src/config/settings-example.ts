import { writeExample } from '../settings-file/settings-example.ts';
import { SECTIONS } from './known-settings.ts';

/** A door with a recording has no camera: in the example its key stands behind a '#'. */
const RECORDING = /^file = /m;

/** A settings file with every key, what it means, and its default; it can be loaded as it is. */
export function settingsExample(): string {
  return writeExample('The settings of one door.', SECTIONS).replace(RECORDING, '# $&');
}
