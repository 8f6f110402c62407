import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Remembers what a folder was made from, and what was in it then. It is made while its sources are the same to the
 * byte and every file is there in its size.
 */
export class Stamp {
  #file;
  #sources;
  #output;

  /**
   * @param {string} file where to remember
   * @param {readonly string[]} sources files and folders; tests in them do not count
   * @param {string} output the folder that is made
   */
  constructor(file, sources, output) {
    this.#file = file;
    this.#sources = sources;
    this.#output = output;
  }

  get isCurrent() {
    try {
      const { sources, output } = JSON.parse(readFileSync(this.#file, 'utf8'));
      return (
        sources === this.#hash() &&
        Object.entries(output).every(([path, size]) => statSync(join(this.#output, path)).size === size)
      );
    } catch {
      // Never written, cut short, or something it names is gone: all the same, it is to be made.
      return false;
    }
  }

  write() {
    const output = Object.fromEntries(
      filesIn(this.#output).map((path) => [path, statSync(join(this.#output, path)).size]),
    );
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, JSON.stringify({ sources: this.#hash(), output }, undefined, 2));
  }

  #hash() {
    const hash = createHash('sha256');
    for (const source of this.#sources) {
      const files = statSync(source).isDirectory()
        ? filesIn(source).map((path) => join(source, path))
        : [source];
      for (const path of files.filter((name) => !name.endsWith('.test.ts'))) {
        hash.update(`${path}\0`).update(createHash('sha256').update(readFileSync(path)).digest());
      }
    }
    return hash.digest('hex');
  }
}

/** Every file below `folder`, by its path from there. */
function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
