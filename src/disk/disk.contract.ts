import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Disk } from './disk.ts';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
const failsWith = (code: string) => expect.objectContaining({ code });

/** What every `Disk` does. `make` gives a disk and a directory on it that is not there yet. */
export function describeDisk(name: string, make: () => Promise<{ disk: Disk; directory: string }>): void {
  const start = async () => {
    const { disk, directory } = await make();
    await disk.makeDirectory(directory);
    return { disk, directory, at: (file: string) => join(directory, file) };
  };

  describe(name, () => {
    test('a file that was written can be read and is listed', async () => {
      const { disk, directory, at } = await start();
      await disk.write(at('a'), Buffer.from('one'));
      await disk.syncDirectory(directory);
      expect(text(await disk.read(at('a'), 3))).toBe('one');
      expect(await disk.list(directory)).toEqual(['a']);
    });

    test('making a directory that is there changes nothing', async () => {
      const { disk, directory, at } = await start();
      await disk.write(at('a'), Buffer.from('one'));
      await disk.makeDirectory(directory);
      expect(await disk.list(directory)).toEqual(['a']);
    });

    test('writing again replaces a file, whatever its length was', async () => {
      const { disk, at } = await start();
      await disk.write(at('a'), Buffer.from('a long one'));
      await disk.write(at('a'), Buffer.from('two'));
      expect(text(await disk.read(at('a'), 64))).toBe('two');
    });

    test('renaming replaces what had the name', async () => {
      const { disk, directory, at } = await start();
      await disk.write(at('a'), Buffer.from('one'));
      await disk.write(at('b'), Buffer.from('two'));
      await disk.rename(at('a'), at('b'));
      expect(await disk.list(directory)).toEqual(['b']);
      expect(text(await disk.read(at('b'), 64))).toBe('one');
    });

    test('removing a file twice is no error', async () => {
      const { disk, directory, at } = await start();
      await disk.write(at('a'), Buffer.from('one'));
      await disk.remove(at('a'));
      await disk.remove(at('a'));
      expect(await disk.list(directory)).toEqual([]);
    });

    test('what is not there fails with ENOENT', async () => {
      const { disk, at } = await start();
      await expect(disk.read(at('a'), 64)).rejects.toEqual(failsWith('ENOENT'));
      await expect(disk.rename(at('a'), at('b'))).rejects.toEqual(failsWith('ENOENT'));
      await expect(disk.list(at('a'))).rejects.toEqual(failsWith('ENOENT'));
      await expect(disk.write(at('a/b'), Buffer.from('one'))).rejects.toEqual(failsWith('ENOENT'));
      await expect(disk.syncDirectory(at('a'))).rejects.toEqual(failsWith('ENOENT'));
    });

    test('a file that is longer than asked for fails with EFBIG', async () => {
      const { disk, at } = await start();
      await disk.write(at('a'), Buffer.from('four'));
      await expect(disk.read(at('a'), 3)).rejects.toEqual(failsWith('EFBIG'));
    });

    test('a watcher hears of a new name until it is ended', async () => {
      const { disk, directory, at } = await start();
      await new Promise<void>((resolve) => {
        const end = disk.watch(directory, () => {
          end();
          resolve();
        });
        void disk.write(at('a'), Buffer.from('one'));
      });
      expect(await disk.list(directory)).toEqual(['a']);
    });
  });
}
