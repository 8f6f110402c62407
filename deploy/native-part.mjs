import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { argv, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { run } from './child.mjs';
import { findLibcamera } from './libcamera.mjs';
import { Stamp } from './stamp.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const OPTIONS = ['-shared', '-fPIC', '-O3', '-std=c++20', '-Wall', '-Wextra', '-DNAPI_VERSION=8'];
const OWN = [
  'firmware/gpio/native/gpio-lines.cc',
  'firmware/system/native/notify.cc',
  'src/frame/native/planes.cc',
];
const CAMERA = 'firmware/camera/native';

/**
 * Native parts, in build/KIND/ARCH. They keep to Node-API and libuv, so each is built by one call of a compiler, and
 * goes with any Node from the pinned one on.
 */
export class NativePart {
  #folder;
  #files;
  #compiler;
  #libraries;
  #stamp;

  /**
   * Those of the GPIO driver 'chardev', of the word to the service manager, and of the work on every byte of a frame.
   * @param {string} arch as `process.arch` says it
   */
  static own(arch = process.arch, compiler = 'g++') {
    const files = Object.fromEntries(OWN.map((source) => [basename(source, '.cc'), [source]]));
    return new NativePart(join(root, 'build/native', arch), files, compiler);
  }

  /**
   * That of the camera driver 'native'. libcamera's binary interface changes with its releases, and so this is built
   * for the one that is there.
   * @param {string} prefix where libcamera is
   * @param {string} build the folder in place of build/
   * @returns undefined where libcamera is not
   */
  static camera(arch = process.arch, compiler = 'g++', prefix = ownPrefix(), build = join(root, 'build')) {
    const libcamera = findLibcamera(prefix);
    if (!libcamera) return undefined;
    const sources = readdirSync(join(root, CAMERA)).filter((name) => name.endsWith('.cc'));
    const files = { camera: sources.map((name) => `${CAMERA}/${name}`) };
    return new NativePart(join(build, 'native-camera', arch), files, compiler, libcamera);
  }

  /** @param {Record<string, string[]>} files what each file is made of */
  constructor(folder, files, compiler, libcamera = undefined) {
    this.#folder = folder;
    this.#files = files;
    this.#compiler = compiler;
    this.#libraries = libcamera?.flags ?? [];
    const sources = libcamera ? [CAMERA] : OWN;
    const madeOf = [...sources, 'deploy/native-part.mjs'].map((path) => join(root, path));
    if (libcamera) madeOf.push(libcamera.version);
    this.#stamp = new Stamp(`${dirname(folder)}-${basename(folder)}.stamp`, madeOf, folder);
  }

  get isCurrent() {
    return this.#stamp.isCurrent;
  }

  async build(env = process.env) {
    mkdirSync(this.#folder, { recursive: true });
    for (const [name, sources] of Object.entries(this.#files)) {
      const output = ['-o', join(this.#folder, `${name}.node`)];
      const options = [...OPTIONS, `-I${headers()}`, ...output, ...sources, ...this.#libraries];
      await run(this.#compiler, options, { cwd: root, env });
    }
    this.#stamp.write();
  }
}

/** Those of the pinned Node, which are alike for every machine; where none is pinned, of this one. */
function headers() {
  const pinned = join(root, `node_modules/node-linux-${process.arch}/include/node`);
  return existsSync(pinned) ? pinned : join(dirname(execPath), '../include/node');
}

function ownPrefix() {
  return process.env.LIBCAMERA_PREFIX || '/usr';
}

// For another machine: node deploy/native-part.mjs ARCH COMPILER; and with PREFIX [BUILD] for its libcamera
if (argv[1] === fileURLToPath(import.meta.url)) {
  const [arch, compiler, prefix, build] = argv.slice(2);
  const part = prefix ? NativePart.camera(arch, compiler, prefix, build) : NativePart.own(arch, compiler);
  if (!part) throw new Error(`there is no libcamera in ${prefix}`);
  if (!part.isCurrent) await part.build();
}
