import { LintelError } from '../src/lintel-error.ts';
import type { ForeignApt } from './foreign-apt.ts';
import { hostTool } from './host-tool.ts';

/**
 * The packages of the newest kernel that simulates GPIO chips: Debian's own 6.12 does not, and which backport does
 * changes. Since 7.0 a kernel is spread over several packages.
 * @throws LintelError NO_KERNEL, HOST_TOOL
 */
export async function fetchKernelWithGpioSim(apt: ForeignApt): Promise<string[]> {
  const names = await apt.names('linux-');
  const versions = names.flatMap((name) => /^linux-image-(\d[^-]*-arm64)$/.exec(name)?.[1] ?? []);
  const newest = versions.toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true })).slice(0, 3);
  for (const version of newest) {
    const parts = ['image', 'base', 'binary', 'modules'].map((part) => `linux-${part}-${version}`);
    const files = await apt.fetch(parts.filter((name) => names.includes(name)));
    const contents = files.map((file) => hostTool('dpkg-deb', ['--contents', file]));
    if ((await Promise.all(contents)).join('').includes('/gpio-sim.ko')) return files;
  }
  throw new LintelError(
    'NO_KERNEL',
    `no gpio-sim.ko in Debian's kernels ${newest.join(', ')}: look in another suite`,
  );
}
