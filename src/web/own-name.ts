import { isIP } from 'node:net';

/**
 * The names by which this page may be called. A page from elsewhere can have its own name lead to our address, and its scripts
 * then read ours as their own ("DNS rebinding"); but the browser still sends that name. Addresses cannot be led anywhere.
 */
export class OwnNames {
  readonly #names: ReadonlySet<string>;
  /** What whoever calls by another name is told. */
  readonly help: string;

  /** @param names without ports */
  constructor(names: readonly string[], help: string) {
    this.help = help;
    this.#names = new Set(['localhost', ...names.map((name) => name.toLowerCase())]);
  }

  /** @param host the header: a name or an address, and perhaps a port */
  has(host: string | undefined): boolean {
    const name = nameIn(host);
    return name !== undefined && (this.#names.has(name) || isIP(name.replace(/^\[|\]$/g, '')) !== 0);
  }

  /** Whether a request comes from a page of ours: every browser names the origin of what posts. */
  isOrigin(origin: string | undefined, host: string | undefined): boolean {
    if (origin === undefined || host === undefined || !URL.canParse(origin)) return false;
    return new URL(origin).host === host.toLowerCase() && this.has(host);
  }
}

function nameIn(host: string | undefined): string | undefined {
  const url = `http://${host}/`;
  if (host === undefined || /[/@?#\\]/.test(host) || !URL.canParse(url)) return undefined;
  return new URL(url).hostname;
}
