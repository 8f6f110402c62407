import { CLAIM_KINDS } from './claims.ts';

/** What an alarm can be about: all that is wrong at an enrolled door, and what a true camera could not have sent. */
export const ALARM_KINDS = [
  'other-key',
  'sign-fault',
  'device-fault',
  'model-fault',
  'silent',
  'differs',
  'clock-wrong',
  ...CLAIM_KINDS,
] as const;
export type AlarmKind = (typeof ALARM_KINDS)[number];

/** In words, after the door's name. */
export const ALARM_WORDS: Readonly<Record<AlarmKind, string>> = {
  'other-key': 'what comes in its name is signed by another key than the enrolled one',
  'sign-fault': 'its sign cannot be lit, or not be darkened',
  'device-fault': 'it has a fault',
  'model-fault': 'it cannot load its face detector',
  silent: 'nothing was heard of it for two windows',
  differs: 'its software, models or settings are not what is expected',
  'clock-wrong': 'its clock is ahead of ours',
  contradiction: 'it sent two different reports of one window',
  evidence: 'its log of evidence was cut short or written anew',
  budget: 'it spends another privacy budget than this release promises',
  impossible: 'it reports a window of a length that no camera has',
  malformed: 'a message in its name is not of this schema',
  forged: 'the signature of a message in its name is not good',
};
