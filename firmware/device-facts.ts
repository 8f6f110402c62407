import manifest from '../package.json' with { type: 'json' };
import type { Settings } from '../src/config/settings.ts';
import { settingsDigest } from '../src/config/settings-digest.ts';
import { modelsDigest } from '../src/detect/models-digest.ts';
import type { Status } from '../src/wire/status.ts';

/** What a status says of the device for as long as its program runs. */
export type DeviceFacts = Omit<Status, 'state' | 'timeSeconds' | 'evidence'>;

/** @throws LintelError MODEL_CATALOGUE */
export async function deviceFacts(settings: Settings): Promise<DeviceFacts> {
  // A pre-release counts as the version that it is to become.
  const [major = 0, minor = 0, patch = 0] = manifest.version.split(/[.-]/).map(Number);
  return {
    sense: settings.lines.sense === undefined ? 'read-back' : 'wired',
    software: [major, minor, patch],
    modelsSha256: await modelsDigest(settings.detector.profile),
    settingsSha256: settingsDigest(settings),
  };
}
