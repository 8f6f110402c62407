/** What `vision` says of itself while it is aimed, as JSON; nothing in it is about people. */
export interface AimingStatus {
  readonly endsInSeconds: number;
  /** Set when it is over: the still is gone, and this soon will be. */
  readonly ended?: AimingEnd | undefined;
  /** Which still is shown: another number, another still; 0 while there is none. */
  readonly still: number;
  /** Nothing is known of where faces are in it, and so nothing of it is shown. */
  readonly coveredWhole: boolean;
  readonly phase: string;
  /** What is to be done about it. */
  readonly fault?: string | undefined;
  readonly sign: 'lit' | 'dark';
  readonly sense: 'lit' | 'dark';
  /** Without a sense line it is the sign's own output that is read back. */
  readonly senseWired: boolean;
  readonly button: 'up' | 'down';
  /** Since the program began. */
  readonly presses: number;
  readonly hints?: PictureHints | undefined;
}

export type AimingEnd = 'pressed' | 'time' | 'stopped';

/** What helps to set focus and exposure; of what lies outside every cover. */
export interface PictureHints {
  /** Variance of the Laplacian of brightness: the higher, the sharper; only to be compared within one scene. */
  readonly sharpness: number;
  /** Shares of pixels from dark to bright, in equal steps from black to white; they sum to 1. */
  readonly histogram: readonly number[];
}
