/** Aborted when whoever started the program ends it: by a signal, or by closing what reads its output. */
export function endingSignal(): AbortSignal {
  const ending = new AbortController();
  const end = (): void => ending.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  process.stdout.on('error', end);
  return ending.signal;
}

/** Ends a program that `lintel run` started as soon as that one is gone, however it went. */
export function endWithRun(): void {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel?.unref();
}
