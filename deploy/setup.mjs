/**
 * Sets up what `npm start` and `npm test` need, each step only if it is not done yet. It runs before both of them,
 * on any Node from 20 on: plain JavaScript, and no package.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, SetupError } from './child.mjs';
import { DEBIAN_PACKAGES, hasDebianPackages, installDebianPackages } from './debian-packages.mjs';
import { NativePart } from './native-part.mjs';
import { Stamp } from './stamp.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const at = (...path) => join(root, ...path);

const HELP = `Usage: npm run setup

Sets up what 'npm start' and 'npm test' need; both do it by themselves. What is done already is left alone.
  1  Debian packages: ${DEBIAN_PACKAGES.join(', ')}
     (root installs what is missing; others are told the command)
  2  the npm packages that package-lock.json names, without their install scripts; among them the pinned Node
  3  the native part of onoff, for that Node
  4  the project's own native parts, in build/native
  5  the native part of the camera driver 'native', in build/native-camera, where libcamera is (Debian: libcamera-dev,
     0.4 or newer; LIBCAMERA_PREFIX names another place than /usr); elsewhere the driver is left out
  6  the face detectors, in build/models
  7  the demonstration clip and the test pictures, in build/material
`;

// Without the folder that npm puts first: what is in it is replaced while this runs.
const searched = process.env.PATH.split(delimiter).filter((folder) => !folder.endsWith('/node_modules/.bin'));
const env = { ...process.env, PATH: searched.join(delimiter), ONNXRUNTIME_NODE_INSTALL: 'skip' };
const pinnedNode = at('node_modules/.bin/node');

const recipe = [at('package-lock.json'), at('deploy/setup.mjs')];
const models = new Stamp(at('build/models.stamp'), [...recipe, at('models')], at('build/models'));
const native = NativePart.own();
const camera = NativePart.camera();
const material = new Stamp(
  at('build/material.stamp'),
  [...recipe, at('test/material')],
  at('build/material'),
);

const STEPS = [
  { what: 'Debian packages', isDone: hasDebianPackages, make: () => installDebianPackages(env) },
  { what: 'npm packages', isDone: hasLockedPackages, make: installNpmPackages },
  {
    what: "onoff's native part",
    isDone: () => existsSync(at('node_modules/epoll/build/Release/epoll.node')),
    make: buildEpoll,
  },
  {
    what: "the project's own native parts",
    isDone: () => native.isCurrent,
    make: () => native.build(env),
  },
  {
    what: "the camera driver's native part",
    isDone: () => camera?.isCurrent ?? true,
    make: () => camera.build(env),
  },
  { what: 'face detectors', isDone: () => models.isCurrent, make: () => runOwn('models/build.ts', models) },
  {
    what: 'demonstration clip and test pictures',
    isDone: () => material.isCurrent,
    make: () => runOwn('test/material/make.ts', material),
  },
];

process.exitCode = await main(process.argv.slice(2));

async function main(args) {
  if (args.length > 0) {
    const isHelp = args.length === 1 && ['--help', '-h'].includes(args[0]);
    if (isHelp) process.stdout.write(HELP);
    else console.error(`setup: there is no option ${args.join(' ')} (--help says how)`);
    return isHelp ? 0 : 2;
  }
  try {
    for (const { what, isDone, make } of STEPS) {
      if (isDone()) continue;
      console.log(`setup: ${what}`);
      await make();
    }
    return 0;
  } catch (error) {
    console.error(`setup: ${error instanceof SetupError ? error.message : `failed: ${error}`}`);
    return 1;
  }
}

/** What is installed is what the lock file names, but for what is for other machines. */
function hasLockedPackages() {
  const locked = packagesOf('package-lock.json');
  const installed = packagesOf('node_modules/.package-lock.json');
  if (!locked || !installed) return false;
  const isInstalled = ([path, { version, optional }]) =>
    path === '' || (installed[path] ? installed[path].version === version : optional);
  const ours = `node_modules/node-linux-${process.arch}`;
  return Object.entries(locked).every(isInstalled) && (!(ours in locked) || existsSync(pinnedNode));
}

/** Undefined when the file is not there or broken: npm, which then runs, says what is wrong with it. */
function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(at(lockFile), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

async function installNpmPackages() {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', ['ci', '--ignore-scripts', ...quiet], { cwd: root, env });
}

async function buildEpoll() {
  const headers = at(`node_modules/node-linux-${process.arch}`);
  const nodedir = existsSync(headers) ? { npm_config_nodedir: headers } : {};
  await run('npm', ['rebuild', 'epoll', '--ignore-scripts=false', '--foreground-scripts'], {
    cwd: root,
    env: { ...env, ...nodedir },
  });
  try {
    await run(node(), ['-e', "require('onoff')"], { cwd: root, env });
  } catch (error) {
    rmSync(at('node_modules/epoll/build'), { recursive: true });
    throw error;
  }
}

/** Runs a program of this project that fills the stamp's folder. */
async function runOwn(program, stamp) {
  await run(node(), [program], { cwd: root, env, shown: true });
  stamp.write();
}

/** The pinned Node; on a machine that it is not made for, this one if it is new enough. */
function node() {
  if (existsSync(pinnedNode)) return pinnedNode;
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath;
  throw new SetupError(`no Node is pinned for ${process.platform} on ${process.arch}: use Node 24 or later`);
}
