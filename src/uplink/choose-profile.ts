import type { Clock } from '../time/clock.ts';
import type { DiscoveredDevice } from './home-assistant/discovery.ts';
import { HomeAssistantProfile } from './profile/home-assistant.ts';
import { NativeProfile } from './profile/native.ts';
import type { Profile } from './profile/profile.ts';
import { SparkplugNode } from './profile/sparkplug.ts';

export type ProfileName = 'native' | 'home-assistant' | 'sparkplug';

/** @returns what makes the profile of each connection. @throws LintelError ADDRESS_INVALID */
export function chooseProfile(
  name: ProfileName,
  device: DiscoveredDevice,
  clock: Clock,
): (lost?: Uint8Array) => Profile {
  switch (name) {
    case 'native':
      return (lost) => new NativeProfile(device.address, lost);
    case 'home-assistant':
      return () => new HomeAssistantProfile(device, clock);
    case 'sparkplug': {
      const node = new SparkplugNode(device.address, clock);
      return () => node.profile();
    }
  }
}
