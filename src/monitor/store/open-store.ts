import type { MonitorSettings } from '../settings/monitor-settings.ts';
import { parsePostgresUrl } from './postgres-address.ts';
import { PostgresStore } from './postgres-store.ts';
import type { ReportStore } from './report-store.ts';
import { SqliteStore } from './sqlite-store.ts';

/**
 * The store that the settings name.
 * @throws LintelError STORE_FILE, STORE_URL, STORE_FAILED, STORE_VERSION, STORE_UNSAFE, BROKER_TLS_FILE
 */
export async function openStore({ file, postgresql, ca }: MonitorSettings['store']): Promise<ReportStore> {
  if (postgresql === undefined) return SqliteStore.open(file);
  return PostgresStore.open(parsePostgresUrl(postgresql), ca);
}

/** Opens it for one thing. @throws LintelError */
export async function withStore<Result>(
  settings: MonitorSettings['store'],
  work: (store: ReportStore) => Promise<Result>,
): Promise<Result> {
  const store = await openStore(settings);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
