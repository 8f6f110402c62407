import { glob, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cached } from '../../../deploy/cache.ts';
import { ForeignApt, SIMULATED_CAMERA, unpack } from '../../../deploy/foreign-apt.ts';
import { hostTool } from '../../../deploy/host-tool.ts';

const checkout = join(import.meta.dirname, '../../..');

/** libcamera with its headers, and what is needed to start Node, a shell, and `cam`. */
const packages = ['libcamera-dev', 'libstdc++6', 'base-files', 'coreutils', 'dash'];
const ofCam = ['libevent-2.1-7t64', 'libevent-pthreads-2.1-7t64', 'libsdl2-2.0-0', 'libtiff6'];
/** It has `cam`, and a program with windows, which would bring a hundred packages more. */
const tools = 'libcamera-tools';
/** Where files of the host are mounted. */
const places = ['proc', 'sys', 'dev', 'tmp', 'checkout', 'mnt', 'usr/share/libcamera/pipeline/virtual'];

/**
 * The files of a Debian that has a libcamera with a virtual camera, for this machine's architecture. They are made
 * once, and without any maintainer script. In `build` beside them is the driver's native part for that libcamera.
 * @throws LintelError DEBIAN_MIRROR, HOST_TOOL
 */
export async function cameraRoot(): Promise<{ root: string; build: string }> {
  const recipe = [join(import.meta.dirname, 'camera-root.ts'), join(checkout, 'deploy/foreign-apt.ts')];
  const texts = await Promise.all(recipe.map((file) => readFile(file, 'utf8')));
  const folder = await cached('libcamera', texts, async (folder) => {
    const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
    const apt = await ForeignApt.open(join(folder, 'apt'), architecture, SIMULATED_CAMERA);
    const root = join(folder, 'root');
    for (const place of places) await mkdir(join(root, place), { recursive: true });
    const files = await apt.fetchWithDependencies([...packages, ...ofCam]);
    await unpack([...files, ...(await apt.fetch([tools]))], root);
    await rm(join(folder, 'apt'), { recursive: true });
  });
  const [root, build] = [join(folder, 'root'), join(folder, 'build')];
  for (const place of ['virtual-camera', 'models', 'native'])
    await mkdir(join(build, place), { recursive: true });
  await hostTool(
    process.execPath,
    ['deploy/native-part.mjs', process.arch, 'g++', join(root, 'usr'), build],
    checkout,
  );
  await buildStandIns(root, build);
  return { root, build };
}

async function buildStandIns(root: string, build: string): Promise<void> {
  const source = (name: string) => join(import.meta.dirname, name);
  const library = (name: string) => [
    '-shared',
    '-fPIC',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-o',
    join(build, name),
  ];
  await hostTool('gcc', [...library('udmabuf.so'), source('udmabuf.c')]);
  const usr = join(root, 'usr');
  const headers = ['-std=c++20', '-isystem', join(usr, 'include/libcamera')];
  const [libraries] = await Array.fromAsync(glob('lib/*/libcamera.so', { cwd: usr }));
  // Not as needed, so that libcamera comes before the driver's native part brings it, and can be called from there.
  const linked = ['-Wl,--no-as-needed', `-L${join(usr, dirname(libraries!))}`, '-lcamera', '-lcamera-base'];
  await hostTool('g++', [...headers, ...library('faults.so'), source('faults.cc'), ...linked]);
}
