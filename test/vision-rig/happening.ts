import type { SensorDid } from '../../firmware/camera/simulated.ts';
import type { Level } from '../../firmware/gpio/gpio.ts';

export type Line = 'sign' | 'sense' | 'button' | 'assist';

/** What somebody who watches a door from the outside can see, in the order in which it happened. */
export type Happening = { readonly atMs: number } & (
  | { readonly what: 'level'; readonly line: Line; readonly level: Level }
  | { readonly what: 'sensor'; readonly did: SensorDid }
  /** A frame was looked at, or was shown. */
  | { readonly what: 'frame'; readonly was: 'looked at' | 'shown' }
  /** The program began, or came to its end of whatever kind. */
  | { readonly what: 'program'; readonly runs: boolean }
);

type Without<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never;
export type Seen = Without<Happening, 'atMs'>;
