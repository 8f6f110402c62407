import type { Fault } from './interlock.ts';

/** What a person who mends the camera is told of each fault. */
export const FAULT_ADVICE: Readonly<Record<Fault, string>> = {
  signDark:
    'the sign was told to be lit and is not seen to be: check the lamp, its wiring and the sense line',
  signLit: 'the sign is lit though it was told to be dark: something else drives or shorts it',
  sensor: 'the camera did not open, or ended by itself: check its cable and its program',
  sensorStuck:
    'the camera was told to close and does not: it is ended by force; if that comes again, check its driver',
  choiceUnsaved: "the resident's choice could not be written: check the disk that holds the state folder",
};
