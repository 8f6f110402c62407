import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { argv, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { run } from './child.mjs';
import { findLibcamera } from './libcamera.mjs';
import { Stamp } from './stamp.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const OPTIONS = ['-shared', '-fPIC', '-O3', '-std=c++20', '-Wall', '-Wextra', '-DNAPI_VERSION=8'];

/**
 * A driver's native part, in build/KIND/ARCH. It keeps to Node-API and libuv, so it is built by one call of a compiler,
 * and goes with any Node from the pinned one on.
 */
export class NativePart {
  #sources;
  #output;
  #compiler;
  #libraries;
  #stamp;

  /** That of the GPIO driver 'chardev'. @param {string} arch as `process.arch` says it */
  static gpio(arch = process.arch, compiler = 'g++') {
    const output = join(root, `build/native/${arch}/gpio-lines.node`);
    return new NativePart('firmware/gpio/native', output, compiler);
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
    const output = join(build, `native-camera/${arch}/camera.node`);
    return new NativePart('firmware/camera/native', output, compiler, libcamera);
  }

  constructor(sources, output, compiler, libcamera = undefined) {
    this.#sources = sources;
    this.#output = output;
    this.#compiler = compiler;
    this.#libraries = libcamera?.flags ?? [];
    const madeOf = [sources, 'deploy/native-part.mjs'].map((path) => join(root, path));
    if (libcamera) madeOf.push(libcamera.version);
    const folder = dirname(output);
    this.#stamp = new Stamp(`${dirname(folder)}-${basename(folder)}.stamp`, madeOf, folder);
  }

  get isCurrent() {
    return this.#stamp.isCurrent;
  }

  async build(env = process.env) {
    mkdirSync(dirname(this.#output), { recursive: true });
    const files = readdirSync(join(root, this.#sources)).filter((name) => name.endsWith('.cc'));
    const sources = files.map((name) => `${this.#sources}/${name}`);
    const options = [...OPTIONS, `-I${headers()}`, '-o', this.#output, ...sources, ...this.#libraries];
    await run(this.#compiler, options, { cwd: root, env });
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
  const part = prefix ? NativePart.camera(arch, compiler, prefix, build) : NativePart.gpio(arch, compiler);
  if (!part) throw new Error(`there is no libcamera in ${prefix}`);
  if (!part.isCurrent) await part.build();
}
