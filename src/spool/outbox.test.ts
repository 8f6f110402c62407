import { expect, test } from 'vitest';
import { systemError } from '../disk/disk.ts';
import { SimulatedDisk } from '../disk/simulated-disk.ts';
import { Outbox } from './outbox.ts';

async function start(...names: string[]) {
  const disk = new SimulatedDisk();
  await disk.makeDirectory('/spool');
  for (const name of names) await disk.write(`/spool/${name}`, Buffer.from(name));
  return { disk, outbox: await Outbox.open('/spool', disk) };
}

const first = { level: 'window', windowStartSeconds: 900 } as const;

test('reports are listed oldest first, and nothing else is', async () => {
  const { outbox } = await start(
    '3600-day.report',
    '10800-window.report',
    '900-window.report',
    '3600-window.report.tmp',
    'notes',
  );
  expect(await outbox.list()).toEqual([
    first,
    { level: 'day', windowStartSeconds: 3600 },
    { level: 'window', windowStartSeconds: 10_800 },
  ]);
});

test('a report can be read until it is removed', async () => {
  const { outbox } = await start('900-window.report');
  expect(Buffer.from((await outbox.read(first))!).toString()).toBe('900-window.report');
  await outbox.remove(first);
  expect(await outbox.read(first)).toBeUndefined();
  expect(await outbox.list()).toEqual([]);
});

test('a file over 64 KiB is not read', async () => {
  const { disk, outbox } = await start();
  await disk.write('/spool/900-window.report', new Uint8Array(65_537));
  await expect(outbox.read(first)).rejects.toEqual(expect.objectContaining({ code: 'SPOOL_OVERSIZED' }));
});

test('what was set aside is kept, and is listed no more', async () => {
  const { disk, outbox } = await start('900-window.report');
  await outbox.setAside(first);
  expect(await outbox.list()).toEqual([]);
  expect(await disk.list('/spool')).toEqual(['900-window.report.bad']);
});

test('a directory that cannot be used is an error that names it', async () => {
  const isNamed = expect.objectContaining({
    code: 'SPOOL_IO',
    message: expect.stringContaining('/dev/null/spool'),
  });
  await expect(Outbox.open('/dev/null/spool')).rejects.toEqual(isNamed);
});

test('a disk that fails is an error of the spool', async () => {
  const { disk, outbox } = await start('900-window.report');
  disk.onStep = (_step, path) => {
    throw systemError('EROFS', path);
  };
  await expect(outbox.remove(first)).rejects.toEqual(expect.objectContaining({ code: 'SPOOL_IO' }));
});
