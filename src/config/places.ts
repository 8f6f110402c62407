/** Where a camera of this kind may look. Nothing acts on which of them it is. */
export const PLACES = [
  'building-entrance',
  'office-entrance',
  'shop-entrance',
  'public-building',
  'station',
  'lobby',
  'hallway',
  'other-entrance',
] as const;

/**
 * Where it may not, whatever else is set (shared requirement R12): the draft rules on face recognition that the
 * Cyberspace Administration of China published in August 2023 forbid capture in the first four, and the device keeps to
 * the stricter reading everywhere. They can be said, so that saying them is answered with the reason.
 */
export const PRIVATE_PLACES = [
  'hotel-room',
  'washroom',
  'changing-room',
  'fitting-room',
  'treatment-room',
  'private-room',
] as const;

export type Place = (typeof PLACES | typeof PRIVATE_PLACES)[number];

export function isPrivate(place: Place | undefined): boolean {
  return (PRIVATE_PLACES as readonly (Place | undefined)[]).includes(place);
}
