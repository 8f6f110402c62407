import { chmod, copyFile, cp, glob, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hostTool } from '../host-tool.ts';
import { installCameraModules } from './camera-modules.ts';
import { cameraLock, type Lock } from './camera-packages.ts';
import { buildCameraPart, cameraPart } from './camera-part.ts';
import { PACKAGED } from './commit.ts';
import { keepNeededFiles } from './needed-files.ts';
import type { Target } from './target.ts';

/** Where everything lies on a camera. */
export const HOME = 'usr/lib/lintel';

/** Of the repository's files, those that are not for a camera. */
const NOT_PACKAGED = /^deploy\/|[.](test|contract)[.]ts$|[.]d[.]ts$|[.]cc$|^LICENSE$/;

/**
 * Fills `root` with the program as it runs on a camera: the sources as they are, their packages, the pinned Node, the
 * native parts and the models. All is made anew but the models, which set-up has made, and which are checked.
 * @param work a folder for what comes in between
 * @throws LintelError HOST_TOOL, LOCK_INCOMPLETE
 */
export async function stageProgram(
  checkout: string,
  target: Target,
  work: string,
  root: string,
): Promise<Lock> {
  const home = join(root, HOME);
  const lock = cameraLock<Lock>(
    JSON.parse(await readFile(join(checkout, 'package-lock.json'), 'utf8')),
    target,
  );
  const modules = await installCameraModules(work, lock, target, checkout);
  await copySources(checkout, home);
  await copyNativeParts(checkout, target, home);
  await copyModels(checkout, home);
  const node = join(modules, `node-linux-${target.node}`);
  await mkdir(join(home, 'bin'), { recursive: true });
  await rename(join(node, 'bin/node'), join(home, 'bin/node'));
  await put(join(node, 'LICENSE'), join(root, 'usr/share/doc/lintel/LICENSE.node'));
  await rm(node, { recursive: true });
  await keepNeededFiles(modules);
  await cp(modules, join(home, 'node_modules'), { recursive: true });
  await rm(work, { recursive: true });
  return lock;
}

async function copySources(checkout: string, home: string): Promise<void> {
  const all = ['--cached', '--others', '--exclude-standard'];
  const listed = await hostTool('git', ['ls-files', '-z', ...all, '--', ...PACKAGED], checkout);
  for (const file of listed.split('\0').filter((name) => name !== '' && !NOT_PACKAGED.test(name))) {
    await put(join(checkout, file), join(home, file));
  }
}

/** Each is where it is in a checkout. */
async function copyNativeParts(checkout: string, target: Target, home: string): Promise<void> {
  const { node, compiler } = target;
  await hostTool(process.execPath, ['deploy/native-part.mjs', node, compiler], checkout);
  const own = await Array.fromAsync(glob(`build/native/${node}/*.node`, { cwd: checkout }));
  const parts = own.map((file) => [join(checkout, file), join(home, file)] as const);
  const camera = await buildCameraPart(checkout, target);
  for (const [from, to] of [...parts, [camera, join(home, cameraPart(target))] as const]) {
    await put(from, to);
    await hostTool(compiler.replace('g++', 'strip'), ['--strip-unneeded', to]);
  }
}

async function copyModels(checkout: string, home: string): Promise<void> {
  const catalogue = JSON.parse(await readFile(join(checkout, 'models/catalogue.json'), 'utf8'));
  for (const { name } of catalogue.flatMap((card: { files: { name: string }[] }) => card.files)) {
    await put(join(checkout, 'build/models', name), join(home, 'models', name));
  }
}

/** Copies contents, and whether it can be run. */
export async function put(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
  await chmod(to, ((await stat(from)).mode & 0o111) === 0 || to.endsWith('.node') ? 0o644 : 0o755);
}
