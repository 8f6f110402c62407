import type { SensorDid } from '../../firmware/camera/simulated.ts';
import type { Level } from '../../firmware/gpio/gpio.ts';

export type Line = 'sign' | 'sense' | 'button' | 'assist';

/** What somebody who watches a door from the outside can see, in the order in which it happened. */
export type Happening = { readonly atMs: number } & (
  | { readonly what: 'level'; readonly line: Line; readonly level: Level }
  | { readonly what: 'sensor'; readonly did: SensorDid }
  /** A frame was looked at, or was shown. */
  | { readonly what: 'frame'; readonly was: 'looked at' | 'shown' }
  /** A still for whoever aims appeared in the memory that others can read, or was removed. */
  | { readonly what: 'still'; readonly shown: boolean }
  /** The program was asked to end. */
  | { readonly what: 'stop' }
  /** The program began, or came to its end of whatever kind. */
  | { readonly what: 'program'; readonly runs: boolean }
);

type Without<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never;
export type Seen = Without<Happening, 'atMs'>;
