/** A stretch of wall-clock time over which crossings are summed. */
export interface Window {
  /** Unix seconds. */
  readonly startSeconds: number;
  readonly seconds: number;
}

/** The window of `seconds` length that `atSeconds` lies in; windows begin at multiples of their length since 1970. */
export function windowAt(atSeconds: number, seconds: number): Window {
  return { startSeconds: Math.floor(atSeconds / seconds) * seconds, seconds };
}

const HOUR = 3_600;

/**
 * The local day that `atSeconds` lies in; 23 or 25 hours long where daylight saving begins or ends.
 * @param timeZone IANA name
 */
export function dayAt(atSeconds: number, timeZone: string): Window {
  const date = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  const day = date.format(atSeconds * 1_000);
  const isThatDay = (seconds: number): boolean => date.format(seconds * 1_000) === day;
  const startSeconds = boundary(atSeconds - 26 * HOUR, atSeconds, isThatDay);
  const endSeconds = boundary(atSeconds, atSeconds + 26 * HOUR, (seconds) => !isThatDay(seconds));
  return { startSeconds, seconds: endSeconds - startSeconds };
}

/** The first whole second at which `holds`, when it does not at `low`, does at `high`, and changes once between. */
function boundary(low: number, high: number, holds: (seconds: number) => boolean): number {
  let before = Math.floor(low);
  let after = Math.ceil(high);
  if (holds(before)) return before;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (holds(middle)) after = middle;
    else before = middle;
  }
  return after;
}
