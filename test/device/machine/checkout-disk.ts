import { createHash } from 'node:crypto';
import { cp, glob, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { diskImage } from './disk-image.ts';

/** What runs in the machine, or is read there. */
const kept = [
  ...['firmware', 'src', 'models', 'test', 'package.json'],
  ...['deploy/services', 'deploy/package/debian/postinst'],
  ...['build/native/arm64', 'build/native-camera/arm64'],
];

/** What the disk is made of: one hash over names and contents. */
export async function checkoutHash(checkout: string): Promise<string> {
  const hash = createHash('sha256');
  const files = await Array.fromAsync(
    glob(
      kept.map((name) => `${name}{,/**/*.*}`),
      { cwd: checkout },
    ),
  );
  for (const file of files.toSorted()) {
    const bytes = await readFile(join(checkout, file)).catch(() => undefined);
    if (bytes) hash.update(`${file} ${bytes.byteLength}\n`).update(bytes);
  }
  return hash.digest('hex');
}

/**
 * Fills `folder` with `checkout.ext4`: this project's own files, a place where its packages are mounted, and what the
 * virtual camera shows.
 */
export async function buildCheckoutDisk(checkout: string, pictures: string, folder: string): Promise<void> {
  const work = join(folder, 'work');
  await mkdir(join(work, 'node_modules'), { recursive: true });
  for (const name of kept) await cp(join(checkout, name), join(work, name), { recursive: true });
  await cp(pictures, join(work, 'build/virtual-camera'), { recursive: true });
  await diskImage(work, join(folder, 'checkout.ext4'), 0);
  await rm(work, { recursive: true });
}
