import { dayAt } from '../../count/window-clock.ts';
import type { Grain } from './shown.ts';

/** A stretch of local time in buckets that lie one after another: a day's hours, a week's days, or twelve weeks. */
export interface Period {
  readonly grain: Grain;
  readonly timeZone: string;
  /** Unix seconds at which each bucket begins. */
  readonly starts: readonly number[];
  /** What is the same a week before has the same name: the local hour, or the place in the week. */
  readonly names: readonly string[];
  /** Where the last one ends. */
  readonly end: number;
}

const HOUR = 3_600;
const DAY = 24 * HOUR;
const DAYS = 7;
const WEEKS = 12;

/** The one that `atSeconds` lies in; of twelve weeks, it lies in the last. Weeks begin on Monday (ISO 8601). */
export function periodAt(grain: Grain, atSeconds: number, timeZone: string): Period {
  if (grain === 'hour') {
    const { startSeconds, seconds } = dayAt(atSeconds, timeZone);
    const starts = Array.from({ length: Math.ceil(seconds / HOUR) }, (_, hour) => startSeconds + hour * HOUR);
    return { grain, timeZone, starts, names: hourNames(starts, timeZone), end: startSeconds + seconds };
  }
  const days = weekAt(atSeconds, timeZone);
  const end = days[DAYS]!;
  if (grain === 'day') return { grain, timeZone, ...inOrder(days.slice(0, DAYS)), end };
  const starts = Array.from({ length: WEEKS }, (_, back) =>
    back === 0 ? days[0]! : weekAt(days[0]! - (back * DAYS - 3) * DAY, timeZone)[0]!,
  ).reverse();
  return { grain, timeZone, ...inOrder(starts), end };
}

/** The same a week before. */
export function weekBefore({ grain, timeZone, starts, end }: Period): Period {
  return periodAt(grain, (starts[0]! + end) / 2 - DAYS * DAY, timeZone);
}

/** The bucket in which the middle of a window lies, so that a camera's day that begins at another hour still finds its own. */
export function bucketOf({ starts, end }: Period, startSeconds: number, seconds: number): number | undefined {
  const middle = startSeconds + seconds / 2;
  if (middle < starts[0]! || middle >= end) return undefined;
  return starts.findLastIndex((start) => start <= middle);
}

function inOrder(starts: readonly number[]) {
  return { starts, names: starts.map((_, at) => `${at}`) };
}

/** An hour that comes twice, when summer time ends, has a name of its own the second time. */
function hourNames(starts: readonly number[], timeZone: string): string[] {
  const time = new Intl.DateTimeFormat('sv-SE', { timeZone, timeStyle: 'short' });
  const names: string[] = [];
  for (const start of starts) {
    const name = time.format(start * 1_000);
    names.push(names.includes(name) ? `${name} again` : name);
  }
  return names;
}

/** Where the seven days of a week begin, and where it ends. */
function weekAt(atSeconds: number, timeZone: string): number[] {
  const today = dayAt(atSeconds, timeZone);
  const noon = today.startSeconds + today.seconds / 2;
  const sinceMonday = (weekday(noon, timeZone) + 6) % DAYS;
  return Array.from({ length: DAYS + 1 }, (_, day) =>
    day === sinceMonday ? today.startSeconds : dayAt(noon + (day - sinceMonday) * DAY, timeZone).startSeconds,
  );
}

/** 0 is Sunday. */
function weekday(atSeconds: number, timeZone: string): number {
  const name = new Intl.DateTimeFormat('en', { timeZone, weekday: 'short' }).format(atSeconds * 1_000);
  return ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].indexOf(name);
}
