import { afterAll, beforeAll } from 'vitest';
import { PostgresCluster } from '../../../test/integration/postgres-cluster.ts';
import { parsePostgresUrl } from './postgres-address.ts';
import { PostgresStore } from './postgres-store.ts';
import { reportStoreContract } from './report-store.contract.ts';

let cluster: PostgresCluster;
beforeAll(async () => {
  cluster = await PostgresCluster.start();
});
afterAll(() => cluster.stop());

const openAt = (url: string) => PostgresStore.open(parsePostgresUrl(url));

reportStoreContract('postgresql', async () => openAt(await cluster.makeDatabase('socket')));
