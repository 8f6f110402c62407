import { readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hostTool } from '../host-tool.ts';

/** Makes a FAT of `folder`'s content; the same content gives the same bytes. */
export async function fatDisk(
  folder: string,
  file: string,
  { label, sizeMiB, timeSeconds }: { label: string; sizeMiB: number; timeSeconds: number },
): Promise<void> {
  await rm(file, { force: true });
  await writeFile(file, '');
  await truncate(file, sizeMiB * 2 ** 20);
  await hostTool('mkfs.vfat', ['--invariant', '-n', label, file]);
  const names = (await readdir(folder)).sort().map((name) => join(folder, name));
  const epoch = `SOURCE_DATE_EPOCH=${timeSeconds}`;
  await hostTool('env', [epoch, 'mcopy', '-s', '-Q', '-i', file, ...names, '::/']);
}
