import { describe, expect, it } from 'vitest';
import { DISK_MIB, PARTITIONS, partition, partitionTable, requireRoom } from './partition-plan.ts';

const MIB = 2 ** 20;

describe('the plan of an image', () => {
  it('lets no partition overlap another, nor the table at either end', () => {
    let end = 1;
    for (const { startMiB, sizeMiB } of PARTITIONS) {
      expect(startMiB).toBe(end);
      end = startMiB + sizeMiB;
    }
    expect(DISK_MIB).toBe(end + 1);
  });

  it('fits a card that is sold as one of 2 GB', () => {
    expect(DISK_MIB * MIB).toBeLessThan(1.9e9);
  });

  it('gives both slots the same room', () => {
    for (const kind of ['boot', 'root'] as const) {
      expect(partition(`${kind}-a`).sizeMiB).toBe(partition(`${kind}-b`).sizeMiB);
    }
  });

  it('has the boot partitions where autoboot.txt and GRUB look for them', () => {
    const numbers = ['start', 'boot-a', 'boot-b'].map(
      (name) => PARTITIONS.findIndex((one) => one.name === name) + 1,
    );
    expect(numbers).toEqual([1, 2, 3]);
  });

  it('is told to sfdisk, a line for each partition, with numbers that are all different', () => {
    const table = partitionTable();
    expect(table).toMatch(/^label: gpt$/m);
    expect(table).toContain('start=65MiB, size=96MiB');
    expect(new Set(table.match(/4C494E54-[-0-9A-F]+/g)).size).toBe(PARTITIONS.length + 1);
  });

  it('refuses what does not fit, and says what it would need', () => {
    const { sizeMiB } = partition('root-a');
    expect(() => requireRoom('root-a', sizeMiB * MIB)).not.toThrow();
    expect(() => requireRoom('root-a', sizeMiB * MIB + 1)).toThrow(
      `root-a needs ${sizeMiB + 1} MiB and has ${sizeMiB}`,
    );
  });
});
