import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

const staleAfterMs = 3_600_000;

/**
 * The folder `<cache>/lintel/device/<kind>-<hash of inputs>`, filled by `make` when it is not there yet. It gets
 * its name only when it is whole, so a build that was cut off is never taken for a finished one. What is left of
 * older inputs is removed.
 */
export async function cached(
  kind: string,
  inputs: readonly string[],
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const home = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'lintel', 'device');
  const hash = createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, 16);
  const folder = join(home, `${kind}-${hash}`);
  if (existsSync(folder)) {
    await utimes(folder, new Date(), new Date());
    return folder;
  }

  const unfinished = join(home, `${kind}-${randomUUID()}`);
  await mkdir(unfinished, { recursive: true });
  try {
    await make(unfinished);
    await rename(unfinished, folder).catch((error) => {
      if (!existsSync(folder)) throw error; // else another run was quicker
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  await removeOlder(home, kind, folder);
  return folder;
}

/** What was made or asked for in the last hour may be in use by, or in the making for, another checkout. */
async function removeOlder(home: string, kind: string, kept: string): Promise<void> {
  for (const name of await readdir(home)) {
    const path = join(home, name);
    if (!name.startsWith(`${kind}-`) || path === kept) continue;
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > staleAfterMs) await rm(path, { recursive: true, force: true });
  }
}
