import type { Clock } from '../time/clock.ts';

/** Resolves after so long, or as soon as `signal` is aborted. */
export async function pause(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const wake = () => resolve();
  const cancel = clock.after(milliseconds, wake);
  signal.addEventListener('abort', wake, { once: true });
  if (signal.aborted) wake();
  await promise;
  signal.removeEventListener('abort', wake);
  cancel();
}
