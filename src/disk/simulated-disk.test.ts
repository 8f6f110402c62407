import { describe, expect, test } from 'vitest';
import { describeDisk } from './disk.contract.ts';
import { systemError } from './disk.ts';
import { type Luck, SimulatedDisk } from './simulated-disk.ts';

const none: Luck = { keepsName: () => false, keptBytes: () => 0 };
const all: Luck = { keepsName: () => true, keptBytes: (length) => length };

describeDisk('the simulated disk', async () => ({ disk: new SimulatedDisk(), directory: '/spool' }));

describe('the simulated disk after a power cut', () => {
  const start = async () => {
    const disk = new SimulatedDisk();
    await disk.makeDirectory('/spool');
    return disk;
  };

  test('a name may be lost until its directory is synced', async () => {
    const disk = await start();
    await disk.write('/spool/a', Buffer.from('one'));
    expect(await disk.afterPowerCut(none).list('/spool')).toEqual([]);
    expect(await disk.afterPowerCut(all).list('/spool')).toEqual(['a']);
    await disk.syncDirectory('/spool');
    expect(await disk.afterPowerCut(none).list('/spool')).toEqual(['a']);
  });

  test('a later change of names may last where an earlier one does not', async () => {
    const disk = await start();
    await disk.write('/spool/a', Buffer.from('one'));
    await disk.write('/spool/b', Buffer.from('two'));
    expect(disk.unsyncedNames).toBe(2);
    const found = disk.afterPowerCut({ ...none, keepsName: (index) => index === 1 });
    expect(await found.list('/spool')).toEqual(['b']);
  });

  test('a removed file may be back', async () => {
    const disk = await start();
    await disk.write('/spool/a', Buffer.from('one'));
    await disk.syncDirectory('/spool');
    await disk.remove('/spool/a');
    expect(await disk.afterPowerCut(none).list('/spool')).toEqual(['a']);
    expect(await disk.afterPowerCut(all).list('/spool')).toEqual([]);
  });

  test('contents that were not synced may be there in part', async () => {
    const disk = await start();
    disk.onStep = (step, path) => {
      if (step === 'sync') throw systemError('EIO', path);
    };
    await expect(disk.write('/spool/a', Buffer.from('one'))).rejects.toThrow('EIO');
    const found = disk.afterPowerCut({ ...all, keptBytes: () => 1 });
    expect(Buffer.from(await found.read('/spool/a', 64)).toString()).toBe('o');
  });
});
