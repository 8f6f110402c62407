import { chmod, chown, open, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { NodeDisk } from '../../src/disk/node-disk.ts';

/** Read by its owner, who is root on a camera, and by one group. */
const MODE = 0o640;

/**
 * Gives `path` the group that its kind has beside `settings`, where the package has made the folders and the first
 * settings: that of the settings file, or of the folder of keys.
 */
export async function ownLike(settings: string, path: string, kind: 'settings' | 'keys'): Promise<void> {
  const folder = dirname(settings);
  const models = { settings, keys: join(folder, 'keys') };
  const { uid, gid } = await stat(models[kind]).catch(() => stat(folder));
  await chown(path, uid, gid);
  await chmod(path, MODE);
}

/**
 * Overwrites a file's bytes in place, then removes it. A memory card may keep the old bytes all the same, where its own
 * controller has written the new ones elsewhere.
 */
export async function eraseFile(path: string): Promise<void> {
  const { size } = await stat(path);
  const file = await open(path, 'r+');
  try {
    await file.write(new Uint8Array(size), 0, size, 0);
    await file.sync();
  } finally {
    await file.close();
  }
  await rm(path);
  await new NodeDisk().syncDirectory(dirname(path));
}
