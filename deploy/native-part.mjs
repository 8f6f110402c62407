import { existsSync, mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { argv, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { run } from './child.mjs';
import { Stamp } from './stamp.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const SOURCES = ['firmware/gpio/native/gpio-lines.cc', 'firmware/system/native/notify.cc'];
const OPTIONS = ['-shared', '-fPIC', '-O2', '-std=c++20', '-Wall', '-Wextra', '-DNAPI_VERSION=8'];

/**
 * The project's own native parts, in build/native/ARCH. They keep to Node-API and libuv, so each is built by one call
 * of a compiler, and goes with any Node from the pinned one on.
 */
export class NativePart {
  #arch;
  #compiler;
  #stamp;

  /** @param {string} arch as `process.arch` says it */
  constructor(arch = process.arch, compiler = 'g++') {
    this.#arch = arch;
    this.#compiler = compiler;
    const sources = [...SOURCES, 'deploy/native-part.mjs'].map((path) => join(root, path));
    this.#stamp = new Stamp(join(root, `build/native-${arch}.stamp`), sources, this.#folder);
  }

  get isCurrent() {
    return this.#stamp.isCurrent;
  }

  async build(env = process.env) {
    mkdirSync(this.#folder, { recursive: true });
    for (const source of SOURCES) {
      const output = join(this.#folder, `${basename(source, '.cc')}.node`);
      await run(this.#compiler, [...OPTIONS, `-I${headers()}`, '-o', output, source], { cwd: root, env });
    }
    this.#stamp.write();
  }

  get #folder() {
    return join(root, 'build/native', this.#arch);
  }
}

/** Those of the pinned Node, which are alike for every machine; where none is pinned, of this one. */
function headers() {
  const pinned = join(root, `node_modules/node-linux-${process.arch}/include/node`);
  return existsSync(pinned) ? pinned : join(dirname(execPath), '../include/node');
}

// For another machine: node deploy/native-part.mjs ARCH COMPILER
if (argv[1] === fileURLToPath(import.meta.url)) {
  const part = new NativePart(argv[2], argv[3]);
  if (!part.isCurrent) await part.build();
}
