import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { LintelError } from '../lintel-error.ts';

/** Names of files in PEM form. */
export interface TlsFiles {
  /** Who signed the broker's certificate; without it, the authorities that every browser knows. */
  readonly ca?: string | undefined;
  /** This camera's certificate, and those between it and its authority, if any. */
  readonly certificate?: string | undefined;
  readonly key?: string | undefined;
}

export interface TlsMaterial {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
}

/**
 * Reads the files anew for each connection, so that a renewed certificate needs no restart.
 * @throws LintelError BROKER_TLS_FILE
 */
export async function readTlsFiles({ ca, certificate, key }: TlsFiles): Promise<TlsMaterial> {
  const authority = ca === undefined ? undefined : await read('ca', ca, asCertificate);
  const own = certificate === undefined ? undefined : await read('certificate', certificate, asCertificate);
  const secret = key === undefined ? undefined : await read('key', key, asKey);
  if (own && secret && !own.parsed.checkPrivateKey(secret.parsed)) {
    throw fileError('broker.key is not the key of broker.certificate: give two that were made together');
  }
  return {
    ...(authority && { ca: authority.bytes }),
    ...(own && { cert: own.bytes }),
    ...(secret && { key: secret.bytes }),
  };
}

function asCertificate(bytes: Buffer, file: string): X509Certificate {
  try {
    return new X509Certificate(bytes);
  } catch (error) {
    throw fileError(`${file} is not a certificate in PEM form`, error);
  }
}

function asKey(bytes: Buffer, file: string): KeyObject {
  try {
    return createPrivateKey(bytes);
  } catch (error) {
    throw fileError(`${file} is not a private key in PEM form without a passphrase`, error);
  }
}

async function read<Parsed>(key: string, file: string, parse: (bytes: Buffer, file: string) => Parsed) {
  try {
    const bytes = await readFile(file);
    return { bytes, parsed: parse(bytes, `broker.${key}: ${file}`) };
  } catch (error) {
    if (error instanceof LintelError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    const what = ADVICE[code ?? ''] ?? `cannot be read: ${message}`;
    throw fileError(`broker.${key}: ${file} ${what}`, error);
  }
}

const ADVICE: Readonly<Record<string, string>> = {
  ENOENT: 'is not there: put it there, or name another',
  EACCES: "may not be read by this program's user: change its owner or mode",
};

function fileError(message: string, cause?: unknown): LintelError {
  return new LintelError('BROKER_TLS_FILE', message, cause);
}
