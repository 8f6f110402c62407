import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DEBIAN_RELEASE } from '../debian-mirror.ts';
import { ForeignApt } from '../foreign-apt.ts';
import { hostTool } from '../host-tool.ts';
import type { Target } from './target.ts';

/**
 * The packages of the libcamera that a packaged camera has: to compile with, to run with, and what this loads for each kind
 * of camera. Its binary interface changes with its releases, so that another one has another name.
 */
export const LIBCAMERA = {
  headers: 'libcamera-dev',
  library: 'libcamera0.4',
  modules: 'libcamera-ipa',
} as const;

/** Where the native part of the camera driver 'native' is, in a checkout and in a package. */
export function cameraPart({ node }: Target): string {
  return `build/native-camera/${node}/camera.node`;
}

/**
 * Builds it for the target's libcamera, beside what set-up builds for this machine's. The same compiler, and the same release of
 * libcamera, give the same file.
 * @returns the file
 * @throws LintelError DEBIAN_MIRROR, HOST_TOOL
 */
export async function buildCameraPart(checkout: string, target: Target): Promise<string> {
  const build = join(checkout, 'build/libcamera', target.debian);
  await fetchLibcamera(join(build, 'root'), target);
  const options = [target.node, target.compiler, join(build, 'root/usr'), build];
  await hostTool(process.execPath, ['deploy/native-part.mjs', ...options], checkout);
  return join(build, cameraPart(target).replace('build/', ''));
}

/** Its headers and libraries. Fetched once: with the folder gone it is fetched again. */
async function fetchLibcamera(root: string, { debian }: Target): Promise<void> {
  if (existsSync(root)) return;
  await mkdir(join(root, '..'), { recursive: true });
  const work = await mkdtemp(`${root}-`);
  try {
    const apt = await ForeignApt.open(join(work, 'apt'), debian);
    const { headers, library } = LIBCAMERA;
    const files = await apt.fetch([headers, library].map((name) => `${name}/${DEBIAN_RELEASE}`));
    for (const file of files) await hostTool('dpkg-deb', ['--extract', file, join(work, 'root')]);
    await rename(join(work, 'root'), root);
  } finally {
    await rm(work, { recursive: true });
  }
}
