import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

/** Waits until `look` gives `expected`. @throws Error after `deadlineMs`, saying what it gave last */
export async function eventually<T>(look: () => T, expected: T, deadlineMs = 10_000): Promise<void> {
  const endMs = performance.now() + deadlineMs;
  let seen = look();
  while (!isDeepStrictEqual(seen, expected)) {
    if (performance.now() > endMs) {
      throw new Error(
        `after ${deadlineMs} ms it is ${JSON.stringify(seen)}, not ${JSON.stringify(expected)}`,
      );
    }
    await sleep(2);
    seen = look();
  }
}
