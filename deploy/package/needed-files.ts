import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Programs, data, native parts and a page's style, and every licence. */
const KEPT = [/[.](js|cjs|mjs|json|node|wasm|css)$/, /[.]so([.]\d+)*$/, /^(licen[cs]e|copying|notice)/i];
const UNUSED_FOLDERS =
  /^([.].*|tests?|integration-test|docs?|examples?|benchmarks?|coverage|include|script|share)$/;

/** Takes out of a `node_modules` what only its packages' developers need, and folders that are then empty. */
export async function keepNeededFiles(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !UNUSED_FOLDERS.test(entry.name)) await keepNeededFiles(path);
    else if (!entry.isFile() || !KEPT.some((one) => one.test(entry.name)))
      await rm(path, { recursive: true });
  }
  if ((await readdir(folder)).length === 0) await rm(folder, { recursive: true });
}
