export interface ReconnectTimes {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** After a power cut, ten thousand cameras must not come back to one broker in the same second. */
export const RECONNECT_TIMES: ReconnectTimes = { firstMs: 1_000, longestMs: 300_000 };

/**
 * How long to wait before the next try: twice as long after each failure, and spread at random over the upper half
 * of it ("equal jitter"; M. Brooker, Exponential Backoff and Jitter, AWS Architecture Blog 2015).
 * @param failures in a row, from 1
 * @param random from 0 to 1
 */
export function reconnectDelayMs(failures: number, random: number, times: ReconnectTimes): number {
  const wholeMs = Math.min(times.longestMs, times.firstMs * 2 ** (failures - 1));
  return (wholeMs * (1 + random)) / 2;
}
