import { loadSettings } from '../src/config/settings.ts';
import { NodeDisk } from '../src/disk/node-disk.ts';
import { verifierKey } from '../src/evidence/checkpoint.ts';
import { DeviceKey } from '../src/identity/device-key.ts';
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
  const { publicKey } = await (makesKey ? DeviceKey.open(state, disk) : DeviceKey.read(state, disk));
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

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
