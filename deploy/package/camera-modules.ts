import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hostTool } from '../host-tool.ts';
import type { Lock } from './camera-packages.ts';
import type { Target } from './target.ts';

const CI = ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
/** As epoll's binding.gyp says; the paths of this machine do not get into the file. */
const EPOLL = ['-shared', '-fPIC', '-O2', '-std=gnu++20', '-w', '-DNODE_GYP_MODULE_NAME=epoll'];

/**
 * Fills `folder` with the `node_modules` of a camera: what `lock` names, each checked against its hash by npm, with
 * the one native part that is built and the one runtime that fits.
 * @param lock as `cameraLock` gives it
 * @param checkout where set-up has put epoll's build dependency
 * @throws LintelError HOST_TOOL
 */
export async function installCameraModules(
  folder: string,
  lock: Lock,
  target: Target,
  checkout: string,
): Promise<string> {
  const modules = join(folder, 'node_modules');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify(lock.packages['']));
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock));
  await hostTool('npm', [...CI, '--os=linux', `--cpu=${target.node}`, '--libc=glibc'], folder);
  await buildEpoll(modules, target, checkout);
  await keepOneRuntime(join(modules, 'onnxruntime-node/bin/napi-v6'), target);
  return modules;
}

/** Without node-gyp, which would look for a Node of this machine's architecture. */
async function buildEpoll(modules: string, { node, compiler }: Target, checkout: string): Promise<void> {
  const epoll = join(modules, 'epoll');
  const release = join(epoll, 'build/Release');
  await mkdir(release, { recursive: true });
  const nan = join(checkout, 'node_modules/nan');
  const headers = [`-I${modules}/node-linux-${node}/include/node`, `-I${nan}`];
  const paths = [`-ffile-prefix-map=${modules}=.`, `-ffile-prefix-map=${nan}=nan`];
  const files = ['-o', join(release, 'epoll.node'), join(epoll, 'src/epoll.cc')];
  await hostTool(compiler, [...EPOLL, '-DBUILDING_NODE_EXTENSION', '-s', ...paths, ...headers, ...files]);
}

/** One package has the runtimes of all systems. */
async function keepOneRuntime(runtimes: string, target: Target): Promise<void> {
  for (const system of await readdir(runtimes)) {
    for (const arch of await readdir(join(runtimes, system))) {
      const unused = join(runtimes, system, arch);
      if (system !== 'linux' || arch !== target.node) await rm(unused, { recursive: true });
    }
    if (system !== 'linux') await rm(join(runtimes, system), { recursive: true });
  }
}
