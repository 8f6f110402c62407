import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cached } from './cache.ts';

describe('the cache of what machines are made of', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'lintel-cache-'));
    vi.stubEnv('XDG_CACHE_HOME', home);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(home, { recursive: true });
  });

  it('makes a thing once for the same inputs, and anew for others', async () => {
    let made = 0;
    const make = (folder: string) => writeFile(join(folder, 'thing'), String(++made));
    const first = await cached('root', ['a', 'b'], make);
    expect(await cached('root', ['a', 'b'], make)).toBe(first);
    expect(await readFile(join(first, 'thing'), 'utf8')).toBe('1');
    const other = await cached('root', ['ab'], make);
    expect(await readFile(join(other, 'thing'), 'utf8')).toBe('2');
  });

  it('removes what nobody asked for in the last hour, and nothing else', async () => {
    const make = (folder: string) => writeFile(join(folder, 'thing'), 'whole');
    const [left, used] = [await cached('root', ['a'], make), await cached('root', ['b'], make)];
    const longAgo = new Date(Date.now() - 7_200_000);
    for (const folder of [left, used]) await utimes(folder, longAgo, longAgo);
    await cached('root', ['b'], make);
    await cached('root', ['c'], make);
    expect([existsSync(left), existsSync(used)]).toEqual([false, true]);
  });

  it('never takes what was not finished', async () => {
    const breaks = cached('root', ['a'], async (folder) => {
      await writeFile(join(folder, 'thing'), 'half');
      throw new Error('the disk is full');
    });
    await expect(breaks).rejects.toThrow('the disk is full');
    expect(await readdir(join(home, 'lintel/device'))).toEqual([]);
  });

  it('lets two that make the same thing at once both have it', async () => {
    const folders = await Promise.all(
      [1, 2].map(() => cached('root', ['a'], (folder) => writeFile(join(folder, 'thing'), 'whole'))),
    );
    expect(folders[0]).toBe(folders[1]);
    expect(existsSync(join(folders[0]!, 'thing'))).toBe(true);
    expect(await readdir(join(home, 'lintel/device'))).toHaveLength(1);
  });
});
