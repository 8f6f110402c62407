import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { describeDisk } from './disk.contract.ts';
import { NodeDisk } from './node-disk.ts';

const root = await mkdtemp(join(tmpdir(), 'lintel-disk-'));
afterAll(() => rm(root, { recursive: true }));
const newDirectory = () => mkdtemp(join(root, 'x'));

describeDisk('the real disk', async () => ({
  disk: new NodeDisk(),
  directory: join(await newDirectory(), 'parent', 'child'),
}));

describe('the real disk', () => {
  test('never writes through a link, which the other program could have laid', async () => {
    const directory = await newDirectory();
    await writeFile(join(directory, 'precious'), 'untouched');
    await symlink(join(directory, 'precious'), join(directory, 'a'));
    await new NodeDisk().write(join(directory, 'a'), Buffer.from('one'));
    expect(await readFile(join(directory, 'precious'), 'utf8')).toBe('untouched');
    expect(await readFile(join(directory, 'a'), 'utf8')).toBe('one');
  });

  test('lets the group read a file, and nobody read a secret, from the moment on at which it is there', async () => {
    const directory = await newDirectory();
    const disk = new NodeDisk();
    await disk.write(join(directory, 'report'), Buffer.from('one'));
    await disk.write(join(directory, 'secret'), Buffer.from('one'), 'nobody');
    const modes = ['report', 'secret'].map(async (name) => (await stat(join(directory, name))).mode & 0o777);
    expect(await Promise.all(modes)).toEqual([0o640, 0o600]);
  });

  test('never reads what is not a plain file', async () => {
    const directory = await newDirectory();
    await mkdir(join(directory, 'folder'));
    await symlink('/etc/hostname', join(directory, 'link'));
    for (const name of ['folder', 'link']) {
      const read = new NodeDisk().read(join(directory, name), 65_536);
      await expect(read).rejects.toEqual(expect.objectContaining({ code: 'EFBIG' }));
    }
  });

  test('watching a directory that is not there fails at once', async () => {
    const missing = join(await newDirectory(), 'missing');
    expect(() => new NodeDisk().watch(missing, () => {})).toThrow('ENOENT');
  });
});
