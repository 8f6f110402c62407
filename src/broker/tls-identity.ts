import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext, type SecureContext } from 'node:tls';
import { LintelError } from '../lintel-error.ts';
import { type ConnectionWords, SETTINGS_WORDS } from './connection-words.ts';

/** Names of files in PEM form. */
export interface TlsFiles {
  /** Who signed the broker's certificate; without it, the authorities that every browser knows. */
  readonly ca?: string | undefined;
  /** Our certificate, and those between it and its authority, if any. */
  readonly certificate?: string | undefined;
  readonly key?: string | undefined;
}

type Key = keyof TlsFiles;
type Contents = Readonly<Partial<Record<Key, Buffer>>>;

const KEYS: readonly Key[] = ['ca', 'certificate', 'key'];

/**
 * Who we are to the broker, and whom we trust. The files are read anew for each connection, so that a renewed
 * certificate needs no restart; what is made of them takes memory that the garbage collector does not see, and is
 * made again only when they have changed.
 */
export class TlsIdentity {
  readonly words: ConnectionWords;
  readonly #files: TlsFiles;
  #contents: Contents = {};
  #context: SecureContext | undefined;

  constructor(files: TlsFiles, words = SETTINGS_WORDS) {
    this.#files = files;
    this.words = words;
  }

  /**
   * What a TLS connection needs. No setting reaches it. Node compares the host with the name in the certificate.
   * @throws LintelError BROKER_TLS_FILE
   */
  async options() {
    return { secureContext: await this.#current(), rejectUnauthorized: true };
  }

  async #current(): Promise<SecureContext> {
    const contents: Partial<Record<Key, Buffer>> = {};
    for (const key of KEYS) {
      const file = this.#files[key];
      if (file !== undefined) contents[key] = await read(this.words[key], file);
    }
    const isSame = KEYS.every((key) => contents[key]?.toString() === this.#contents[key]?.toString());
    if (!this.#context || !isSame) {
      this.#context = this.#made(contents);
      this.#contents = contents;
    }
    return this.#context;
  }

  #made({ ca, certificate, key }: Contents): SecureContext {
    const parse = <Parsed>(name: Key, what: string, work: () => Parsed) => {
      try {
        return work();
      } catch (error) {
        throw fileError(`${this.words[name]}: ${this.#files[name]} is not ${what}`, error);
      }
    };
    if (ca) parse('ca', 'a certificate in PEM form', () => new X509Certificate(ca));
    const own =
      certificate &&
      parse('certificate', 'a certificate in PEM form', () => new X509Certificate(certificate));
    const secret =
      key && parse('key', 'a private key in PEM form without a passphrase', () => createPrivateKey(key));
    if (!own !== !secret) {
      const [missing, given] = own ? (['key', 'certificate'] as const) : (['certificate', 'key'] as const);
      throw fileError(`${this.words[missing]} is missing: give it with ${this.words[given]}`);
    }
    if (own && secret && !own.checkPrivateKey(secret)) {
      throw fileError(
        `${this.words.key} is not the key of ${this.words.certificate}: give two that were made together`,
      );
    }
    // No setting reaches the version.
    return createSecureContext({ ca, cert: certificate, key, minVersion: 'TLSv1.3' });
  }
}

async function read(name: string, file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const what = ADVICE[code ?? ''] ?? `cannot be read: ${message}`;
    throw fileError(`${name}: ${file} ${what}`, error);
  }
}

const ADVICE: Readonly<Record<string, string>> = {
  ENOENT: 'is not there: put it there, or name another',
  EACCES: "may not be read by this program's user: change its owner or mode",
};

function fileError(message: string, cause?: unknown): LintelError {
  return new LintelError('BROKER_TLS_FILE', message, cause);
}
