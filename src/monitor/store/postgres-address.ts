import { LintelError } from '../../lintel-error.ts';
import { isThisMachine } from '../../wire/broker-url.ts';

/** Where a PostgreSQL server listens, and as whom we come. */
export interface PostgresAddress {
  /** A name or an address, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Without one, that of PGPASSWORD or of the file ~/.pgpass, if any. */
  readonly password?: string;
  readonly database: string;
}

const PORT = 5432;

/** @throws LintelError STORE_URL */
export function parsePostgresUrl(text: string): PostgresAddress {
  const url = URL.parse(text);
  const [, database = '', ...rest] = url?.pathname.split('/') ?? [];
  if (url?.protocol !== 'postgresql:' || rest.length > 0 || /[?#]/.test(text)) throw invalid();
  const address = {
    host: decoded(url.hostname.replace(/^\[|\]$/g, '')),
    port: Number(url.port || PORT),
    user: decoded(url.username),
    ...(url.password && { password: decoded(url.password) }),
    database: decoded(database),
  };
  if (!address.host || !address.user || !address.database || address.port === 0) throw invalid();
  return address;
}

export function isPostgresUrl(text: string): boolean {
  try {
    return parsePostgresUrl(text) !== undefined;
  } catch (error) {
    if (error instanceof LintelError) return false;
    throw error;
  }
}

/** Nobody but this machine itself can listen on the way to it. */
export function isOnThisMachine({ host }: PostgresAddress): boolean {
  return host.startsWith('/') || isThisMachine(host);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    throw invalid(error);
  }
}

/** The URL is not shown: it may hold a password. */
function invalid(cause?: unknown): LintelError {
  return new LintelError('STORE_URL', `the store's URL must be ${POSTGRES_URLS}`, cause);
}

export const POSTGRES_URLS =
  "like 'postgresql://user:password@host/database' or 'postgresql://user@%2Frun%2Fpostgresql/database'";
