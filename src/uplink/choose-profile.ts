import type { DeviceAddress } from '../wire/report-topic.ts';
import { NativeProfile } from './profile/native.ts';
import type { Profile } from './profile/profile.ts';

export type ProfileName = 'native' | 'home-assistant' | 'sparkplug';

/** @returns what makes the profile of each connection. @throws LintelError ADDRESS_INVALID */
export function chooseProfile(_name: ProfileName, address: DeviceAddress): (lost?: Uint8Array) => Profile {
  return (lost) => new NativeProfile(address, lost);
}
