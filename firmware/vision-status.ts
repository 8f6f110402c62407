/** What `vision --status` says once a second, for whoever develops with a recording. */
export interface VisionStatus {
  readonly phase: string;
  readonly sign: 'lit' | 'dark';
  readonly sense: 'lit' | 'dark';
  readonly optedOut: boolean;
  readonly fault?: string;
  /** Wall-clock time at which the sensor was opened, while it is open. */
  readonly watchingSinceMs?: number;
  /** Frames since the start, how many of them were covered whole, and faces covered in the others. */
  readonly frames: number;
  readonly coveredWhole: number;
  readonly covers: number;
  /** Frames that the model looked at: the others had not changed since its last look. */
  readonly looked: number;
  readonly dropped: number;
  /** The rate that is now asked of the camera, while that is less than its own. */
  readonly loweredTo?: number;
  /** The model's own mean run time. */
  readonly modelMs: number;
  readonly residentMegabytes: number;
}
