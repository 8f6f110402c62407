import type { AlarmKind } from '../alarms/alarm-kinds.ts';
import type { CountSum } from '../count-sum.ts';
import type { ReleasePart, Trouble } from '../door-state.ts';

/** What the server tells the page, as JSON. Times are Unix seconds. */

export type ShownState = Trouble | AlarmKind | 'ok';

export interface ShownDoor {
  readonly site: string;
  readonly device: string;
  /** Most urgent first; 'ok' alone when nothing is wrong. */
  readonly states: readonly ShownState[];
  /** Of those that have raised an alarm. */
  readonly since: Readonly<Partial<Record<ShownState, number>>>;
  readonly latest: ShownWindow | undefined;
  readonly heard: number | undefined;
  readonly software: string | undefined;
  /** Which of these are not as expected. */
  readonly differing: readonly ReleasePart[];
  readonly enrolledKey: string | undefined;
  /** The key that signed what arrived last in its name. */
  readonly signedBy: string | undefined;
}

/** The latest window of a door. */
export interface ShownWindow {
  readonly start: number;
  readonly seconds: number;
  readonly in: CountSum;
  readonly out: CountSum;
  readonly coverage: number;
}

export interface ShownAlarm {
  readonly site: string;
  readonly device: string;
  readonly kind: AlarmKind;
  /** In words, after the door's name. */
  readonly message: string;
  readonly raised: number;
  readonly ended: number | undefined;
  /** It lasts only because what raised it may come again soon. */
  readonly isOver: boolean;
}

/** Those of the doors that are asked for, in whatever state. */
export interface ShownAlarms {
  readonly lasting: number;
  /** In so many days before now. */
  readonly ended: number;
  readonly endedDays: number;
  /** The first of them: those that last, the newest and then the most urgent first, then those that ended, the latest first. */
  readonly list: readonly ShownAlarm[];
}

export interface ShownDoors {
  readonly now: number;
  /** Of all doors; a door with two troubles counts as the more urgent one. */
  readonly totals: Readonly<Partial<Record<ShownState, number>>>;
  /** So many doors are as the question wants them; `doors` are the first of them, what is wrong before what is not. */
  readonly found: number;
  readonly doors: readonly ShownDoor[];
  readonly alarms: ShownAlarms;
}

export interface ShownBoard extends ShownDoors {
  /** Grows whenever the doors were read anew; `/events` tells when. */
  readonly version: number;
  /** IANA name; undefined for the viewer's own. */
  readonly timeZone: string | undefined;
  /** Who came in with a password, and so may go out. */
  readonly user: string | undefined;
}

export type Grain = 'hour' | 'day' | 'week';

/** One bar for each direction. */
export interface ShownBucket {
  readonly start: number;
  readonly end: number;
  readonly in: CountSum;
  readonly out: CountSum;
  /** In percent; undefined when there is no report. */
  readonly coverage: number | undefined;
  /** So many reports of the doors are there, of so many that there could be by now: of days in a week, else of doors. */
  readonly reported: number;
  readonly expected: number;
  /** The same a week before; null when the grain is a week. */
  readonly before: { readonly in: CountSum; readonly out: CountSum } | null;
}

export interface ShownCounts {
  readonly now: number;
  readonly timeZone: string;
  readonly grain: Grain;
  readonly from: number;
  readonly to: number;
  /** A moment in the period before and in the one after this one. */
  readonly earlier: number;
  readonly later: number;
  readonly buckets: readonly ShownBucket[];
  readonly total: { readonly in: CountSum; readonly out: CountSum; readonly coverage: number | undefined };
  /** Of those windows alone that were measured in both weeks, and as much of them; null when the grain is a week. */
  readonly compared: { readonly in: ShownChange; readonly out: ShownChange } | null;
}

/** This week less the week before, between `low - error` and `high + error` in about 95 of 100. */
export interface ShownChange {
  readonly low: number;
  readonly high: number;
  readonly error: number;
  /** So many windows went into it, on each side. */
  readonly windows: number;
}
