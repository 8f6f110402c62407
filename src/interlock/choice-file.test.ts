import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Disk } from '../disk/disk.ts';
import { systemError } from '../disk/disk.ts';
import { NodeDisk } from '../disk/node-disk.ts';
import { type DiskStep, SimulatedDisk } from '../disk/simulated-disk.ts';
import { ChoiceFile } from './choice-file.ts';

const realFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-choice-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return { disk: new NodeDisk() as Disk, folder };
};
const simulated = async () => {
  const disk = new SimulatedDisk();
  await disk.makeDirectory('/state');
  return { disk, folder: '/state', file: new ChoiceFile('/state', disk) };
};
const refuse = (disk: SimulatedDisk, ...refused: DiskStep[]): void => {
  disk.onStep = (step, path) => {
    if (refused.includes(step)) throw systemError('ENOSPC', path);
  };
};

describe("the file that keeps the resident's choice", () => {
  it.each([realFolder, simulated])(
    'says what was saved last, and is no opt-out before that',
    async (make) => {
      const { disk, folder } = await make();
      const load = () => new ChoiceFile(folder, disk).load();
      expect(await load()).toBe(false);
      for (const optedOut of [true, true, false, false, true, false]) {
        await new ChoiceFile(folder, disk).save(optedOut);
        expect(await load()).toBe(optedOut);
      }
    },
  );

  it('counts a folder that is not one, and one that cannot be written, as opted out', async () => {
    const { disk, folder } = await realFolder();
    await writeFile(join(folder, 'file'), '');
    expect(await new ChoiceFile(join(folder, 'file'), disk).load()).toBe(true);

    const full = await simulated();
    refuse(full.disk, 'create');
    expect(await full.file.load()).toBe(true);
  });

  it('needs no room to change once it is there', async () => {
    const { disk, file } = await simulated();
    await file.load();
    refuse(disk, 'create', 'fill');
    for (const optedOut of [true, true, false]) {
      await file.save(optedOut);
      expect(await file.load()).toBe(optedOut);
    }
  });

  it('is the old choice or the new one wherever the power is cut, and the new one once it was saved or read', async () => {
    for (const optedOut of [true, false]) {
      for (const cut of [0, 1, 2]) {
        for (const kept of [true, false]) {
          const { disk, file } = await simulated();
          await file.save(!optedOut);
          let step = 0;
          disk.onStep = (_, path) => {
            if (step++ === cut) throw systemError('EIO', path);
          };
          const saved = await file.save(optedOut).then(
            () => true,
            () => false,
          );
          disk.onStep = () => {};
          const luck = { keepsName: () => kept, keptBytes: () => 0 };
          const found = new ChoiceFile('/state', disk.afterPowerCut(luck));
          if (saved) expect(await found.load()).toBe(optedOut);
          else expect([optedOut, !optedOut]).toContain(await found.load());

          const read = await file.load();
          expect(await new ChoiceFile('/state', disk.afterPowerCut(luck)).load()).toBe(read);
        }
      }
    }
  });
});
