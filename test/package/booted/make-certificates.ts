import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostTool } from '../../../deploy/host-tool.ts';

/** A camera's key with a certificate, and the authority that signed it: itself. As text. */
export async function makeCertificates(): Promise<{ ca: string; certificate: string; key: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-certificates-'));
  try {
    const [key, certificate] = [join(folder, 'key'), join(folder, 'certificate')];
    const made = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
    await hostTool('openssl', [
      'req',
      ...made,
      '-subj',
      '/CN=house\\/door',
      '-keyout',
      key,
      '-out',
      certificate,
    ]);
    const signed = await readFile(certificate, 'utf8');
    return { ca: signed, certificate: signed, key: await readFile(key, 'utf8') };
  } finally {
    await rm(folder, { recursive: true });
  }
}
