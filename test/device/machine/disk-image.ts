import { truncate, writeFile } from 'node:fs/promises';
import { hostTool } from '../../../deploy/host-tool.ts';

/** Makes an ext4 disk of `folder`'s content with `spareMiB` of free space; needs neither root nor a loop device. */
export async function diskImage(folder: string, image: string, spareMiB: number): Promise<void> {
  const usedMiB = Number.parseInt(await hostTool('du', ['-sm', folder]), 10);
  await writeFile(image, '');
  await truncate(image, Math.ceil(usedMiB * 1.15 + 32 + spareMiB) * 2 ** 20);
  await hostTool('mkfs.ext4', ['-q', '-F', '-E', 'root_owner=0:0', '-d', folder, image]);
}
