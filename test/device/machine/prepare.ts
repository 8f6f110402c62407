import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from '../../../deploy/cache.ts';
import { requireHostPackages } from '../../../deploy/host-packages.ts';
import { hostTool } from '../../../deploy/host-tool.ts';
import { cameraLock } from '../../../deploy/package/camera-packages.ts';
import { targetFor } from '../../../deploy/package/target.ts';
import { makePictures } from '../camera/pictures.ts';
import { buildCheckoutDisk, checkoutHash } from './checkout-disk.ts';
import { buildDebianRoot } from './debian-root.ts';
import { buildProjectDisk } from './project-disk.ts';

/** Each program that is run on the host, and the Debian package that has it. */
const PACKAGE_OF = {
  'qemu-system-aarch64': 'qemu-system-arm',
  'aarch64-linux-gnu-g++': 'g++-aarch64-linux-gnu',
  'mkfs.ext4': 'e2fsprogs',
  depmod: 'kmod',
  cpio: 'cpio',
  xz: 'xz-utils',
  setpriv: 'util-linux',
};

/** The files that a machine is started from. */
export interface MachineParts {
  readonly kernel: string;
  readonly initramfs: string;
  readonly rootDisk: string;
  readonly projectDisk: string;
  readonly checkoutDisk: string;
}

/**
 * Makes what the machine needs, or takes it from the cache. The Debian part is made again when its recipe changes,
 * the project's part when its recipe or the lock file's production part changes. A kernel that is in the cache is
 * kept: to get a newer one, remove the cache. The project's own native parts are built in the checkout.
 * @throws LintelError HOST_PACKAGES, DEBIAN_MIRROR, NO_KERNEL, HOST_TOOL
 */
export async function prepareMachine(
  checkout: string,
  progress: (line: string) => void,
): Promise<MachineParts> {
  await requireHostPackages(PACKAGE_OF, progress);
  const rootRecipe = await sources(
    ...['debian-root.ts', 'initramfs-init.sh'],
    ...['foreign-apt.ts', 'debian-kernel.ts', 'initramfs.ts'].map((name) => `../../../deploy/${name}`),
  );
  const root = await cached('root', rootRecipe, (folder) => buildDebianRoot(folder, progress));

  const lock = cameraLock(
    JSON.parse(await readFile(join(checkout, 'package-lock.json'), 'utf8')),
    targetFor('arm64'),
  );
  const projectRecipe = [
    ...(await sources('project-disk.ts', '../../../deploy/package/camera-modules.ts')),
    JSON.stringify(lock),
  ];
  const project = await cached('project', projectRecipe, (folder) =>
    buildProjectDisk(checkout, folder, lock, progress),
  );
  progress('building the native parts of the drivers for arm64');
  for (const libcamera of [[], [join(root, 'usr')]]) {
    const target = ['arm64', 'aarch64-linux-gnu-g++', ...libcamera];
    await hostTool(process.execPath, ['deploy/native-part.mjs', ...target], checkout);
  }
  const pictures = await makePictures(checkout);
  const own = await cached('checkout', [await checkoutHash(checkout), pictures], (folder) =>
    buildCheckoutDisk(checkout, pictures, folder),
  );
  return {
    kernel: join(root, 'kernel'),
    initramfs: join(root, 'initramfs'),
    rootDisk: join(root, 'root.ext4'),
    projectDisk: join(project, 'node_modules.ext4'),
    checkoutDisk: join(own, 'checkout.ext4'),
  };
}

function sources(...names: string[]): Promise<string[]> {
  return Promise.all(names.map((name) => readFile(join(import.meta.dirname, name), 'utf8')));
}
