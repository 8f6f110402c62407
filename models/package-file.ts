import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LintelError } from '../src/lintel-error.ts';

/** A file inside a package of the npm registry, with the hash that it must have. */
export interface PackageFile {
  readonly path: string;
  /** Hexadecimal. */
  readonly sha256: string;
}

export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** As npm's lock files write it: sha512-, then base64. */
  readonly integrity: string;
}

const run = promisify(execFile);
const LARGEST_FILE = 64 * 1024 * 1024;

/**
 * Fetches a package by npm and takes single files out of it. Nothing of it is installed or run.
 * @returns the files' bytes, in the order asked for
 * @throws LintelError PACKAGE_FETCH, PACKAGE_CHANGED when a hash is not the one expected
 */
export async function takeFromPackage(
  pinned: PinnedPackage,
  files: readonly PackageFile[],
): Promise<Buffer[]> {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-package-'));
  try {
    const tarball = await pack(pinned, folder);
    const taken: Buffer[] = [];
    for (const file of files) taken.push(await take(tarball, pinned, file));
    return taken;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function pack({ name, version, integrity }: PinnedPackage, folder: string): Promise<string> {
  const args = ['pack', `${name}@${version}`, '--ignore-scripts', '--silent', '--pack-destination', folder];
  const { stdout } = await run('npm', args, { cwd: folder }).catch((cause) => {
    throw new LintelError(
      'PACKAGE_FETCH',
      `npm cannot fetch ${name}@${version}: is the registry reachable?`,
      cause,
    );
  });
  const tarball = join(folder, stdout.trim().split('\n').at(-1)!);
  const found = `sha512-${createHash('sha512')
    .update(await readFile(tarball))
    .digest('base64')}`;
  if (found !== integrity) throw changed(`${name}@${version}`, found, integrity);
  return tarball;
}

async function take(
  tarball: string,
  { name, version }: PinnedPackage,
  { path, sha256 }: PackageFile,
): Promise<Buffer> {
  const { stdout } = await run('tar', ['-xzOf', tarball, `package/${path}`], {
    encoding: 'buffer',
    maxBuffer: LARGEST_FILE,
  }).catch((cause) => {
    throw new LintelError('PACKAGE_CHANGED', `${name}@${version} holds no file ${path}`, cause);
  });
  const found = createHash('sha256').update(stdout).digest('hex');
  if (found !== sha256) throw changed(`${path} of ${name}@${version}`, found, sha256);
  return stdout;
}

function changed(what: string, found: string, expected: string): LintelError {
  return new LintelError(
    'PACKAGE_CHANGED',
    `${what} is not what was checked before: ${found}, not ${expected}`,
  );
}
