import { stat } from 'node:fs/promises';
import { loadSettings } from '../src/config/settings.ts';
import { type Disk, errorCode } from '../src/disk/disk.ts';
import { NodeDisk } from '../src/disk/node-disk.ts';
import { verifierKey } from '../src/evidence/checkpoint.ts';
import { DeviceKey } from '../src/identity/device-key.ts';
import { LintelError } from '../src/lintel-error.ts';
import { fingerprint } from '../src/wire/fingerprint.ts';
import { deviceFacts } from './device-facts.ts';

/**
 * What a device says of itself in its status, in words; every value of bytes in hexadecimal.
 * @throws LintelError when there are no settings, or no key yet
 */
export async function deviceIdentity(
  settingsFile: string,
  { makesKey } = { makesKey: false },
): Promise<Record<string, string>> {
  const settings = await loadSettings(settingsFile);
  const { state } = settings.paths;
  const disk = new NodeDisk();
  const { publicKey } = await DeviceKey.read(state, disk).catch((error) => {
    if (makesKey && errorCode(error) === 'DEVICE_KEY_MISSING') return makeKey(state, disk);
    throw error;
  });
  const { software, modelsSha256, settingsSha256 } = await deviceFacts(settings);
  return {
    site: settings.site.name,
    device: settings.site.device,
    fingerprint: fingerprint(publicKey),
    publicKey: hex(publicKey),
    verifierKey: verifierKey(publicKey),
    software: software.join('.'),
    modelsSha256: hex(modelsSha256),
    settingsSha256: hex(settingsSha256),
  };
}

/** Its maker alone may read a key: one that root made would keep vision from starting. */
async function makeKey(state: string, disk: Disk): Promise<DeviceKey> {
  const owner = await stat(state).then(
    ({ uid }) => uid,
    () => undefined,
  );
  if (owner !== undefined && owner !== process.geteuid?.()) {
    throw new LintelError(
      'DEVICE_KEY_MAKER',
      `${state} is another user's, who could not read a key that this one makes: start vision once, or run this as that user`,
    );
  }
  return DeviceKey.open(state, disk);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
