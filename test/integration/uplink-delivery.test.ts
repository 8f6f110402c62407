import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { signedExample } from '../../src/wire/example-signer.ts';
import {
  countReportReads,
  reportOf,
  startBroker,
  startImpostor,
  startUplink,
  TestSpool,
} from './uplink-fixture.ts';

describe('what the uplink delivers', () => {
  test('sends what is in the spool oldest first, and empties it', async () => {
    const spool = new TestSpool();
    const hours = Array.from({ length: 50 }, (_, index) => index + 1);
    await spool.add(...hours.toReversed());
    const { port, topics, windows } = await startBroker();
    await startUplink(spool, port);
    await spool.holds();
    expect(windows).toEqual(hours);
    expect(new Set(topics)).toEqual(new Set(['lintel/v1/hall/front/report/window']));
  });

  test('sends a report that comes while it is connected', async () => {
    const spool = new TestSpool();
    await spool.add(1);
    const { port, windows } = await startBroker();
    await startUplink(spool, port);
    await spool.holds();
    await spool.add(2);
    await spool.holds();
    expect(windows).toEqual([1, 2]);
  });

  test('keeps a report that the broker does not acknowledge, and sends it again', async () => {
    const spool = new TestSpool();
    await spool.add(1, 2);
    const { broker, port, windows } = await startBroker();
    let refusals = 0;
    broker.authorizePublish = (client, _packet, done) => {
      refusals += client ? 1 : 0;
      done(refusals <= 3 ? new Error('not now') : null);
    };
    await startUplink(spool, port);
    await spool.holds();
    expect(refusals).toBeGreaterThan(3);
    expect(new Set(windows)).toEqual(new Set([1, 2]));
  });

  test('sets aside what is not a report, and sends the others', async () => {
    const spool = new TestSpool();
    await spool.addFile('3600-window.report', Buffer.from('nonsense'));
    await spool.addFile('7200-window.report', signedExample(reportOf(9)));
    await spool.addFile('10800-window.report', new Uint8Array(70_000));
    await spool.add(4);
    const { port, windows } = await startBroker();
    const { lines } = await startUplink(spool, port);
    await spool.holds('10800-window.report.bad', '3600-window.report.bad', '7200-window.report.bad');
    expect(windows).toEqual([4]);
    expect(lines.filter((line) => line.startsWith('not a report'))).toHaveLength(3);
  });

  test('sets aside a report from before the door was renamed, which no receiver would take', async () => {
    const spool = new TestSpool();
    await spool.add(1);
    const { port, windows } = await startBroker();
    const renamed = { address: { site: 'hall', device: 'back' } };
    const { said } = await startUplink(spool, port, '127.0.0.1', renamed);
    expect(await said('set aside as .bad')).toContain('not signed for hall/back');
    await spool.holds('3600-window.report.bad');
    expect(windows).toEqual([]);
  });

  test('reads nothing while there is no broker, and sends all when there is one', async () => {
    const spool = new TestSpool();
    await spool.add(1, 2, 3);
    const reads = countReportReads(spool);
    const impostor = await startImpostor((socket) => socket.destroy());
    await startUplink(spool, impostor.port);
    for (let visit = 0; visit < 3; visit++) await once(impostor.server, 'connection');
    expect(reads.count).toBe(0);
    await impostor.stop();
    const { windows } = await startBroker(impostor.port);
    await spool.holds();
    expect(windows).toEqual([1, 2, 3]);
  });
});
