import { Pool, type PoolClient, type QueryResult, type QueryResultRow } from 'pg';
import type { ConnectionWords } from '../../broker/connection-words.ts';
import { TlsIdentity } from '../../broker/tls-identity.ts';
import { LintelError } from '../../lintel-error.ts';
import { isOnThisMachine, type PostgresAddress } from './postgres-address.ts';

/** One is for what comes in, the others for whoever looks. */
const CONNECTIONS = 4;
const CONNECT_MS = 10_000;
/** A server that says nothing for so long is taken for lost. */
const ANSWER_MS = 60_000;

const WORDS: ConnectionWords = {
  url: 'store.postgresql',
  ca: 'store.ca',
  certificate: 'store.certificate',
  key: 'store.key',
  own: "this monitor's certificate",
};

export type Query = <Row extends QueryResultRow>(
  sql: string,
  values?: readonly unknown[],
) => Promise<QueryResult<Row>>;

/**
 * Connections to one PostgreSQL server, made when they are needed and made anew when they are lost. Over a network they are TLS
 * 1.3, with the certificate checked, and no setting says otherwise.
 */
export class PostgresLink {
  readonly #pool: Pool;
  readonly #where: string;

  /** @param ca the file with the certificate of who signed the server's. @throws LintelError BROKER_TLS_FILE */
  static async to(address: PostgresAddress, ca: string | undefined): Promise<PostgresLink> {
    const isPlain = isOnThisMachine(address) && ca === undefined;
    return new PostgresLink(address, isPlain ? false : await new TlsIdentity({ ca }, WORDS).options());
  }

  private constructor(address: PostgresAddress, ssl: false | object) {
    this.#where = `PostgreSQL at ${address.host}:${address.port}`;
    this.#pool = new Pool({
      ...address,
      ssl,
      max: CONNECTIONS,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: ANSWER_MS,
      keepAlive: true,
      application_name: 'lintel monitor',
    });
    // A connection that nobody uses was lost: whoever needs one next gets another.
    this.#pool.on('error', () => {});
  }

  /** One statement. @throws LintelError STORE_FAILED */
  readonly query: Query = async (sql, values = []) => {
    try {
      return await this.#pool.query(sql, [...values]);
    } catch (error) {
      throw this.#failed(error);
    }
  };

  /** Several statements: all that they do is done, or nothing. Each sees what others have committed by then. @throws LintelError STORE_FAILED */
  async atOnce<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
    let client: PoolClient | undefined;
    try {
      client = await this.#pool.connect();
      // Whoever waits for an answer is told of it too.
      client.on('error', ignore);
      await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
      const result = await work((sql, values = []) => client!.query(sql, [...values]));
      await client.query('COMMIT');
      client.off('error', ignore);
      client.release();
      return result;
    } catch (error) {
      // The server takes back what it was in the middle of.
      client?.release(true);
      throw this.#failed(error);
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  #failed(error: unknown): LintelError {
    if (error instanceof LintelError) return error;
    const { code = '', message = '' } = error as { code?: string; message?: string };
    const advice = ADVICE[code] ?? '';
    // A host with several addresses fails with an error that has a code but no message.
    return new LintelError('STORE_FAILED', `${this.#where}: ${message || code}${advice}`, error);
  }
}

/** By SQLSTATE (PostgreSQL's appendix A) or by the system's error. */
const ADVICE: Readonly<Record<string, string>> = {
  '28P01': ': give the right one in store.postgresql',
  '28000': ": let the server's pg_hba.conf admit this user, and admit TLS",
  '3D000': ': make it, with this user as its owner: CREATE DATABASE ... OWNER ...',
  '42501': ': let this user own the database',
  ECONNREFUSED: ': start the server, or give its address in store.postgresql',
  ENOENT: ': start the server, or give the folder of its socket in store.postgresql',
};

function ignore(): void {}
