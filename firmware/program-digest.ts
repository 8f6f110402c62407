import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NOT_RUN = /[.](test|contract)[.]ts$/;

/**
 * The SHA-256 of the program's own source files, which are what runs: of `sha256 path` for each, a line each, by path.
 * Whoever has the same version can compute it. Packages of others are named by their versions in `package.json` only.
 */
export function programDigest(root = ROOT): Uint8Array {
  const paths = ['models/catalogue.json'];
  for (const folder of ['firmware', 'src']) {
    const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
    paths.push(...names.filter(isSource).map((name) => join(folder, name)));
  }
  const digest = createHash('sha256');
  for (const path of paths.sort()) {
    const file = createHash('sha256').update(readFileSync(join(root, path)));
    digest.update(`${file.digest('hex')} ${path}\n`);
  }
  return digest.digest();
}

function isSource(name: string): boolean {
  return /[.](ts|js)$/.test(name) && !NOT_RUN.test(name);
}
