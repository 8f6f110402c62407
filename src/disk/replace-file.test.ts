import { describe, expect, it } from 'vitest';
import { systemError } from './disk.ts';
import { readReplaced, replaceFile } from './replace-file.ts';
import { type Luck, SimulatedDisk } from './simulated-disk.ts';

const NO_LUCK: Luck = { keepsName: () => false, keptBytes: () => 0 };
const text = async (disk: SimulatedDisk) => Buffer.from(await readReplaced(disk, '/state/a', 64)).toString();

/** A disk with `old` on it, on which `fresh` gets as far as the step `last`. */
async function replacing(last: string): Promise<SimulatedDisk> {
  const disk = new SimulatedDisk();
  await disk.makeDirectory('/state');
  await replaceFile(disk, '/state/a', Buffer.from('old'));
  disk.onStep = (step, path) => {
    if (step === last) throw systemError('EIO', path);
  };
  await replaceFile(disk, '/state/a', Buffer.from('fresh')).catch(() => {});
  disk.onStep = () => {};
  return disk;
}

describe('a file that is replaced', () => {
  it.each(['create', 'fill', 'sync', 'rename'])(
    'is the old one until it is renamed: cut at %s',
    async (step) => {
      const disk = await replacing(step);
      expect(await text(disk.afterPowerCut({ keepsName: () => true, keptBytes: () => 1 }))).toBe('old');
    },
  );

  it('is the old or the new one when its name was not safe yet', async () => {
    const disk = await replacing('sync-directory');
    expect(await text(disk.afterPowerCut(NO_LUCK))).toBe('old');
    expect(await text(disk.afterPowerCut({ keepsName: () => true, keptBytes: () => 0 }))).toBe('fresh');
  });

  it('is the new one for good once it has been read, though the program was killed before its name was safe', async () => {
    const disk = await replacing('sync-directory');
    expect(await text(disk)).toBe('fresh');
    expect(await text(disk.afterPowerCut(NO_LUCK))).toBe('fresh');
  });
});
