import type { Outbox } from '../../src/spool/outbox.ts';

/** Resolves when no report waits any more. */
export async function emptied(outbox: Outbox): Promise<void> {
  for (;;) {
    const change = Promise.withResolvers<void>();
    const unwatch = outbox.watch(change.resolve);
    const { length } = await outbox.list();
    if (length > 0) await change.promise;
    unwatch();
    if (length === 0) return;
  }
}
