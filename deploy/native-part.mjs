import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { run } from './child.mjs';
import { findLibcamera } from './libcamera.mjs';
import { Stamp } from './stamp.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const OPTIONS = ['-shared', '-fPIC', '-O3', '-std=c++20', '-Wall', '-Wextra', '-DNAPI_VERSION=8'];

/**
 * A driver's native part, in build/FOLDER/ARCH. It keeps to Node-API and libuv, so it is built by one call of a
 * compiler, and goes with any Node from the pinned one on.
 */
export class NativePart {
  #sources;
  #output;
  #compiler;
  #libraries;
  #stamp;

  /** That of the GPIO driver 'chardev'. @param {string} arch as `process.arch` says it */
  static gpio(arch = process.arch, compiler = 'g++') {
    return new NativePart('firmware/gpio/native', `native/${arch}`, 'gpio-lines.node', compiler);
  }

  /**
   * That of the camera driver 'native'. libcamera's binary interface changes with its releases, and so this is built
   * for the one that is there.
   * @param {string} prefix where libcamera is
   * @returns undefined where it is not
   */
  static camera(arch = process.arch, compiler = 'g++', prefix = process.env.LIBCAMERA_PREFIX || '/usr') {
    const libcamera = findLibcamera(prefix);
    if (!libcamera) return undefined;
    const output = `native-camera/${arch}`;
    return new NativePart('firmware/camera/native', output, 'camera.node', compiler, libcamera);
  }

  constructor(sources, output, name, compiler, libcamera = undefined) {
    this.#sources = sources;
    this.#output = join(root, 'build', output, name);
    this.#compiler = compiler;
    this.#libraries = libcamera?.flags ?? [];
    const made = [sources, 'deploy/native-part.mjs'].map((path) => join(root, path));
    if (libcamera) made.push(libcamera.version);
    const stamp = join(root, `build/${output.replace('/', '-')}.stamp`);
    this.#stamp = new Stamp(stamp, made, dirname(this.#output));
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

// For another machine: node deploy/native-part.mjs ARCH COMPILER [PREFIX], with that machine's libcamera in PREFIX
if (argv[1] === fileURLToPath(import.meta.url)) {
  const [arch, compiler, prefix] = argv.slice(2);
  const parts = [
    NativePart.gpio(arch, compiler),
    ...(prefix ? [NativePart.camera(arch, compiler, prefix)] : []),
  ];
  for (const part of parts) if (!part.isCurrent) await part.build();
}
