import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { hostTool } from '../../deploy/host-tool.ts';
import { buildBundle } from '../../deploy/image/bundle.ts';

it('an update may be signed by whom an authority certified that the image knows', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-bundle-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const at = (name: string) => join(folder, name);
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const authority = ['-keyout', at('ca.key'), '-out', at('ca.pem')];
  await hostTool('openssl', [
    'req',
    '-x509',
    ...newKey,
    '-days',
    '90',
    '-subj',
    '/CN=authority',
    ...authority,
  ]);
  const asked = ['-keyout', at('signer.key'), '-out', at('signer.csr')];
  await hostTool('openssl', ['req', ...newKey, '-subj', '/CN=signer', ...asked]);
  const by = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial'];
  const certified = ['-req', '-in', at('signer.csr'), '-days', '60', '-out', at('signer.pem')];
  await hostTool('openssl', ['x509', ...certified, ...by]);
  for (const name of ['root', 'kernel']) await writeFile(at(name), randomBytes(100_000));
  await mkdir(at('work'));

  const slot = { root: at('root'), kernel: at('kernel'), initramfs: at('kernel'), grub: '', data: '' };
  const signing = { certificate: at('signer.pem'), key: at('signer.key'), keyring: at('ca.pem') };
  await buildBundle(slot, { version: '1.0', timeSeconds: 0 }, signing, at('work'), at('update.raucb'));
  const said = await hostTool('rauc', ['info', `--keyring=${at('ca.pem')}`, at('update.raucb')]);
  expect(said).toContain("'1.0'");
});
