import { chmod, lutimes, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hostTool } from '../host-tool.ts';

export type Compression = 'xz' | 'none';

/**
 * Packs what lies in `root`. The same files give the same bytes: order and owners are set by dpkg-deb, which goes by
 * names; times are all `timeSeconds`; modes are 755 for folders and programs, and 644.
 * @throws LintelError HOST_TOOL
 */
export async function packDeb(
  root: string,
  file: string,
  timeSeconds: number,
  compression: Compression = 'xz',
): Promise<void> {
  await makeAlike(root, timeSeconds);
  // The library that compresses is cut into blocks of one size, however many threads there are.
  const format = ['--root-owner-group', `-Z${compression}`, '--threads-max=1'];
  await hostTool('env', [`SOURCE_DATE_EPOCH=${timeSeconds}`, 'dpkg-deb', ...format, '--build', root, file]);
}

async function makeAlike(folder: string, timeSeconds: number): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      await makeAlike(path, timeSeconds);
    } else {
      await chmod(path, ((await stat(path)).mode & 0o111) === 0 ? 0o644 : 0o755);
      await lutimes(path, timeSeconds, timeSeconds);
    }
  }
  await chmod(folder, 0o755);
  await lutimes(folder, timeSeconds, timeSeconds);
}
