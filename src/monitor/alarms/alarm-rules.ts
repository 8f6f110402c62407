import { type DoorView, TROUBLES, troublesOf } from '../door-state.ts';
import { CLAIM_KINDS, type ClaimKind } from './claims.ts';

/** What an alarm can be about: all that is wrong at an enrolled door, and what a true camera could not have sent. */
export const ALARM_KINDS = [
  ...TROUBLES.filter((trouble) => trouble !== 'not-enrolled'),
  ...CLAIM_KINDS,
] as const;
export type AlarmKind = (typeof ALARM_KINDS)[number];

/** In words, after `hall/front: `. */
export const ALARM_WORDS: Readonly<Record<AlarmKind, string>> = {
  'other-key': 'what comes in its name is signed by another key than the enrolled one',
  'sign-fault': 'its sign cannot be lit, or not be darkened',
  'device-fault': 'it has a fault',
  'model-fault': 'it cannot load its face detector',
  silent: 'nothing was heard of it for two windows',
  differs: 'its software, models or settings are not what is expected',
  'clock-wrong': 'its clock is ahead of ours',
  contradiction: 'it sent two different reports of one window',
  budget: 'it spends another privacy budget than this release promises',
  impossible: 'it reports a window of a length that no camera has',
  malformed: 'a message in its name is not of this schema',
  forged: 'the signature of a message in its name is not good',
};

export interface AlarmView extends DoorView {
  /** What was claimed in the door's name of late: by its enrolled key, or without a good signature. */
  readonly claims: readonly ClaimKind[];
}

/** Everything that is to be alarmed of at a door; nothing for one that nobody enrolled, whose counts are not used. */
export function alarmsOf(view: AlarmView): AlarmKind[] {
  if (view.door.enrolledKey === undefined) return [];
  const found = new Set<string>([...troublesOf(view), ...view.claims]);
  return ALARM_KINDS.filter((kind) => found.has(kind));
}
