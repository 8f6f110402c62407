import type { MonitorSettings } from '../settings/monitor-settings.ts';
import { parsePostgresUrl } from './postgres-address.ts';
import { PostgresStore } from './postgres-store.ts';
import type { ReportStore } from './report-store.ts';
import { SqliteStore } from './sqlite-store.ts';

/** As the settings say where. */
type StorePlace = Pick<MonitorSettings['store'], 'file' | 'postgresql' | 'ca'>;

/**
 * The store that the settings name.
 * @throws LintelError STORE_FILE, STORE_URL, STORE_FAILED, STORE_VERSION, STORE_UNSAFE, BROKER_TLS_FILE
 */
export async function openStore({ file, postgresql, ca }: StorePlace): Promise<ReportStore> {
  if (postgresql === undefined) return SqliteStore.open(file);
  return PostgresStore.open(parsePostgresUrl(postgresql), ca);
}

/** Opens it for one thing. @throws LintelError */
export async function withStore<Result>(
  place: StorePlace,
  work: (store: ReportStore) => Promise<Result>,
): Promise<Result> {
  const store = await openStore(place);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
