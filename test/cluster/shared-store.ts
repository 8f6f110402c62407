import { openStore } from '../../src/monitor/store/open-store.ts';
import { PostgresCluster } from '../integration/postgres-cluster.ts';

/** The store that both monitors write to: PostgreSQL. */
export async function makeSharedStore() {
  const server = await PostgresCluster.start();
  const postgresql = await server.makeDatabase();
  return {
    /** As in the settings of a monitor. */
    // The doors with a spool tell of windows of years ago.
    settings: { postgresql, keep_days: 36_525 },
    open: () => openStore({ file: '', postgresql, ca: undefined }),
    stop: () => server.stop(),
  };
}
