import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { runUplink } from '../../firmware/uplink.ts';
import { Spool } from '../../src/spool/spool.ts';
import { signedExample } from '../../src/wire/example-signer.ts';
import { reportOf } from './uplink-fixture.ts';
import { Mosquitto } from './uplink-mosquitto.ts';
import { startProgram } from './uplink-program.ts';
import { recordAll, subscribe } from './uplink-received.ts';

let spoolDir: string;
let spool: Spool;

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-uplink-'));
  spoolDir = join(folder, 'spool');
  spool = await Spool.open({ spoolDir, stateDir: join(folder, 'state') });
  return () => rm(folder, { recursive: true });
});

async function release(...hours: number[]): Promise<void> {
  for (const hour of hours) await spool.release(reportOf(hour), signedExample(reportOf(hour)));
}

describe('the uplink program with a real Mosquitto', () => {
  test('delivers every report once, in order, and empties the spool', async () => {
    const broker = await Mosquitto.prepare();
    await broker.start();
    const received = await subscribe(broker.url);
    await release(1, 2, 3);
    const program = startProgram(broker.url, spoolDir);
    expect(await received.all(3)).toEqual([1, 2, 3]);
    await release(4);
    expect(await received.all(4)).toEqual([1, 2, 3, 4]);
    expect(await program.end('SIGTERM')).toBe(0);
    expect(await readdir(spoolDir)).toEqual([]);
  });

  test('waits for a broker that is not there yet', async () => {
    const broker = await Mosquitto.prepare();
    await release(1, 2);
    const program = startProgram(broker.url, spoolDir);
    expect((await program.said('not connected; tried again after the delay')).reason).toContain(
      'ECONNREFUSED',
    );
    expect(await readdir(spoolDir)).toHaveLength(2);
    await broker.start();
    await program.said('delivered');
    expect(await program.end('SIGINT')).toBe(0);
    expect(await readdir(spoolDir)).toEqual([]);
  });

  test('loses nothing when the broker is killed and comes back', async () => {
    const broker = await Mosquitto.prepare();
    await broker.start();
    const received = await recordAll(broker.url);
    const program = startProgram(broker.url, spoolDir);
    await release(1, 2);
    await received.all(2);
    await broker.kill();
    await release(3, 4, 5);
    await program.said('not connected; tried again after the delay');
    const offline = ['10800-window.report', '14400-window.report', '18000-window.report'];
    expect(await readdir(spoolDir)).toEqual(expect.arrayContaining(offline));
    await broker.start();
    expect(new Set(await received.all(5))).toEqual(new Set([1, 2, 3, 4, 5]));
    expect(await program.end('SIGTERM')).toBe(0);
    expect(await readdir(spoolDir)).toEqual([]);
  });

  test('keeps a report that the broker refuses, until it is let through', async () => {
    const broker = await Mosquitto.prepare('topic read #\n');
    await broker.start();
    const received = await subscribe(broker.url);
    await release(1);
    const program = startProgram(broker.url, spoolDir);
    expect((await program.said('not delivered')).reason).toContain('Not authorized');
    expect(await readdir(spoolDir)).toEqual(['3600-window.report']);
    await broker.allow('topic readwrite #\n');
    expect(await received.all(1)).toEqual([1]);
    expect(await program.end('SIGTERM')).toBe(0);
  });
});

describe('the uplink program, called wrongly', () => {
  const settings = {
    brokerUrl: 'mqtt://127.0.0.1:1',
    site: 'hall',
    device: 'front',
    spoolDir: '/dev/null/spool',
  };

  test.each([
    ['BROKER_URL_INVALID', { brokerUrl: 'http://127.0.0.1' }],
    ['ADDRESS_INVALID', { site: 'a/b' }],
    ['SPOOL_IO', {}],
  ])('fails at once with %s', async (code, wrong) => {
    await expect(runUplink({ ...settings, ...wrong })).rejects.toEqual(expect.objectContaining({ code }));
  });
});
