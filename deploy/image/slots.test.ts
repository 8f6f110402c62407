import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { grubEnvironment } from './assemble.ts';

const run = promisify(execFile);
const SLOTS = join(import.meta.dirname, 'root/usr/lib/lintel-image/slots');
/** As rpi-image-gen's image-rota writes it, and Raspberry Pi's documentation has it. */
const AUTOBOOT = '[all]\ntryboot_a_b=1\nboot_partition=2\n[tryboot]\nboot_partition=3\n';
const TREE = 'proc/device-tree/chosen/bootloader';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lintel-slots-'));
  for (const place of ['start/EFI/debian', 'proc', 'run'])
    await mkdir(join(folder, place), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

const kinds = {
  'started by GRUB': {
    begin: () => writeFile(join(folder, 'start/EFI/debian/grubenv'), grubEnvironment()),
    start: (slot: string) => writeFile(join(folder, 'proc/cmdline'), `quiet lintel.slot=${slot} ro\n`),
    file: 'start/EFI/debian/grubenv',
    /** As grub.cfg does it, before it starts the slot. */
    forgetTrial: async () => {
      const file = join(folder, 'start/EFI/debian/grubenv');
      await writeFile(file, (await readFile(file, 'latin1')).replace(/^lintel_try=.$/m, 'lintel_try='));
    },
  },
  'started by the firmware of a Raspberry Pi': {
    begin: () => writeFile(join(folder, 'start/autoboot.txt'), AUTOBOOT),
    start: async (slot: string) => {
      await mkdir(join(folder, TREE), { recursive: true });
      await writeFile(join(folder, TREE, 'partition'), Buffer.from([0, 0, 0, slot === 'A' ? 2 : 3]));
    },
    file: 'start/autoboot.txt',
    forgetTrial: () => rm(join(folder, 'run/lintel-try'), { force: true }),
  },
};

async function slots(...args: string[]): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    LINTEL_START: join(folder, 'start'),
    LINTEL_PROC: join(folder, 'proc'),
    LINTEL_RUN: join(folder, 'run'),
  };
  return (await run('sh', [SLOTS, ...args], { env })).stdout.trim();
}
const isTrial = () =>
  slots('is-trial').then(
    () => true,
    () => false,
  );

describe.each(Object.entries(kinds))(
  'the slots of a machine %s',
  (_, { begin, start, file, forgetTrial }) => {
    beforeEach(async () => {
      await begin();
      await start('A');
    });

    it('begin with A, which is no trial', async () => {
      expect(await slots('get-current')).toBe('A');
      expect(await slots('get-primary')).toBe('A');
      expect([await slots('get-state', 'A'), await slots('get-state', 'B')]).toEqual(['good', 'bad']);
      expect(await isTrial()).toBe(false);
    });

    it('try the other one once, and have the first again when it was not found good', async () => {
      await slots('set-state', 'B', 'bad');
      await slots('set-primary', 'B');
      expect(await slots('get-primary')).toBe('B');
      await forgetTrial();
      await start('B');
      expect(await isTrial()).toBe(true);
      expect(await slots('get-primary')).toBe('A');
    });

    it('keep the other one that was found good, and can go back to the first as to any other', async () => {
      await slots('set-primary', 'B');
      await forgetTrial();
      await start('B');
      await slots('set-state', 'B', 'good');
      expect(await isTrial()).toBe(false);
      expect(await slots('get-primary')).toBe('B');
      expect(await slots('get-state', 'A')).toBe('bad');
      await slots('set-primary', 'A');
      expect(await slots('get-primary')).toBe('A');
    });

    it('never call one good that does not run, nor let the only good one be written to', async () => {
      await expect(slots('set-state', 'B', 'good')).rejects.toThrow('B was not tried');
      await expect(slots('set-state', 'A', 'bad')).rejects.toThrow('the only one that is known to be good');
      expect(await slots('get-primary')).toBe('A');
    });

    it('are kept in a file whose place and size on the card do not change', async () => {
      await slots('set-primary', 'B');
      const before = await stat(join(folder, file));
      await slots('set-primary', 'A');
      const after = await stat(join(folder, file));
      expect([after.ino, after.size]).toEqual([before.ino, before.size]);
      expect(await readFile(join(folder, file), 'latin1')).toMatch(/^#*$/m);
    });

    it('refuse what is no slot and no question', async () => {
      for (const args of [['set-primary', 'C'], ['get-state'], ['set-state', 'B', 'fine'], ['begin']]) {
        await expect(slots(...args)).rejects.toThrow();
      }
    });
  },
);
