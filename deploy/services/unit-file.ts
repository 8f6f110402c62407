import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every value that a key has in one of the units here, each on a line of its own. */
export function unitValues(unit: string, key: string): string[] {
  const text = readFileSync(join(import.meta.dirname, unit), 'utf8');
  return [...text.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(([, value]) => value!);
}
