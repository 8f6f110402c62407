import { expect, test } from 'vitest';
import { systemError } from '../disk/disk.ts';
import { SimulatedDisk } from '../disk/simulated-disk.ts';
import { Outbox } from './outbox.ts';
import { Spool } from './spool.ts';
import { StatusFiles } from './status-files.ts';

const bytes = (text: string) => Buffer.from(text);

async function start() {
  const disk = new SimulatedDisk();
  await disk.makeDirectory('/spool');
  return { disk, files: new StatusFiles('/spool', disk) };
}

test('what vision wrote is there for uplink, and nothing before that', async () => {
  const { disk, files } = await start();
  const uplinkFiles = new StatusFiles('/spool', disk);
  expect([await uplinkFiles.read('current'), await uplinkFiles.read('lost')]).toEqual([undefined, undefined]);
  await files.write('lost', bytes('gone'));
  expect(await uplinkFiles.read('current')).toBeUndefined();
  await files.write('current', bytes('well'));
  await files.write('current', bytes('broken'));
  const found = [await uplinkFiles.read('current'), await uplinkFiles.read('lost')];
  expect(found.map((one) => Buffer.from(one!).toString())).toEqual(['broken', 'gone']);
});

test('neither file, nor what a power cut left of it, is taken for a report or stands in its way', async () => {
  const { disk, files } = await start();
  await files.write('lost', bytes('gone'));
  await files.write('current', bytes('well'));
  await disk.write('/spool/status.tmp', bytes('wel'));
  expect(await (await Outbox.open('/spool', disk)).list()).toEqual([]);
  await Spool.open({ spoolDir: '/spool', stateDir: '/state', disk });
  await files.write('current', bytes('well again'));
  expect((await disk.list('/spool')).sort()).toEqual(['lost', 'status']);
});

test('once it is written, no power cut brings the old one back', async () => {
  const { disk, files } = await start();
  await files.write('current', bytes('old'));
  await files.write('current', bytes('new'));
  const found = disk.afterPowerCut({ keepsName: () => false, keptBytes: () => 0 });
  expect(Buffer.from((await new StatusFiles('/spool', found).read('current'))!).toString()).toBe('new');
});

test('a file that vision cannot have written is not read, and a full disk is told of', async () => {
  const { disk, files } = await start();
  await disk.write('/spool/status', new Uint8Array(65_537));
  await expect(files.read('current')).rejects.toEqual(expect.objectContaining({ code: 'SPOOL_OVERSIZED' }));
  disk.onStep = (_step, path) => {
    throw systemError('ENOSPC', path);
  };
  await expect(files.write('lost', bytes('gone'))).rejects.toEqual(
    expect.objectContaining({ code: 'SPOOL_FULL' }),
  );
});
