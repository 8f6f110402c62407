import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hostTool } from '../host-tool.ts';

/** Who signs updates, and by what a device knows it. All are PEM files. */
export interface Signing {
  readonly certificate: string;
  readonly key: string;
  readonly keyring: string;
}

/** Ten years: a device in the field takes no update that was signed by an expired certificate, nor one for its successor. */
const DAYS = '3650';

/** Those in `folder`, made if they are not there: for trying things out, since the key lies there unprotected. */
export async function developmentSigning(folder: string): Promise<Signing> {
  const certificate = join(folder, 'update.pem');
  const signing = { certificate, key: join(folder, 'update.key'), keyring: certificate };
  if (existsSync(signing.certificate) && existsSync(signing.key)) return signing;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await hostTool('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', DAYS],
    ...['-subj', '/CN=Lintel development updates', '-keyout', signing.key, '-out', signing.certificate],
  ]);
  return signing;
}
