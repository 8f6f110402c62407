import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { installCameraModules } from '../../../deploy/package/camera-modules.ts';
import type { Lock } from '../../../deploy/package/camera-packages.ts';
import { targetFor } from '../../../deploy/package/target.ts';
import { diskImage } from './disk-image.ts';

/**
 * Fills `folder` with `node_modules.ext4`: the packages of a camera, pinned by the lock file, for arm64.
 * @param lock as `cameraLock` gives it
 * @throws LintelError HOST_TOOL
 */
export async function buildProjectDisk(
  checkout: string,
  folder: string,
  lock: Lock,
  progress: (line: string) => void,
): Promise<void> {
  const work = join(folder, 'work');
  progress("fetching the project's packages for arm64");
  const modules = await installCameraModules(work, lock, targetFor('arm64'), checkout);
  progress("making the project's disk");
  await diskImage(modules, join(folder, 'node_modules.ext4'), 0);
  await rm(work, { recursive: true });
}
