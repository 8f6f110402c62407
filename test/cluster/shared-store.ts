import { openStore } from '../../src/monitor/store/open-store.ts';
import { PostgresCluster } from '../integration/postgres-cluster.ts';

/** The store that both monitors write to: PostgreSQL. */
export async function makeSharedStore() {
  const server = await PostgresCluster.start();
  const postgresql = await server.makeDatabase();
  return {
    /** As in the settings of a monitor. */
    settings: { postgresql },
    open: () => openStore({ file: '', postgresql, ca: undefined }),
    stop: () => server.stop(),
  };
}
