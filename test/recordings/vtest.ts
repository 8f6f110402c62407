import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import hand from './hand-counts.json' with { type: 'json' };

const run = promisify(execFile);
const PACKAGE = 'opencv-doc';
const INSIDE = './usr/share/doc/opencv-doc/examples/data/vtest.avi';
const KEPT = fileURLToPath(new URL('../../build/recordings/vtest.avi', import.meta.url));

/**
 * Debian's recording of people on a crossroads: taken out of its package (96 MB) once, checked against its hash, and kept in
 * `build/`. Nothing is installed, so this needs no root.
 * @returns its path
 */
export async function vtest(): Promise<string> {
  if (await isRight(KEPT)) return KEPT;
  await mkdir(dirname(KEPT), { recursive: true });
  const folder = await mkdtemp(join(dirname(KEPT), 'fetch-'));
  try {
    // As root, apt would hand the download to a user of its own, who may not write here.
    await run('apt-get', ['-o', 'APT::Sandbox::User=root', 'download', PACKAGE], { cwd: folder });
    const unpack = `dpkg-deb --fsys-tarfile ${PACKAGE}_*.deb | tar -xOf - ${INSIDE}`;
    const { stdout } = await run('bash', ['-o', 'pipefail', '-c', unpack], {
      cwd: folder,
      encoding: 'buffer',
      maxBuffer: 2 ** 25,
    });
    const fetched = join(folder, 'vtest.avi');
    await writeFile(fetched, stdout);
    if (!(await isRight(fetched)))
      throw new Error(`${INSIDE} of ${PACKAGE} is not the recording that was counted`);
    await rename(fetched, KEPT);
    return KEPT;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function isRight(path: string): Promise<boolean> {
  const bytes = await readFile(path).catch(() => undefined);
  return (
    bytes !== undefined && createHash('sha256').update(bytes).digest('hex') === hand.recordings.vtest.sha256
  );
}
