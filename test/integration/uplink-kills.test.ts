import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { receiveReport } from '../../src/monitor/received-report.ts';
import { RepeatFilter } from '../../src/monitor/repeat-filter.ts';
import { Outbox } from '../../src/spool/outbox.ts';
import { Spool } from '../../src/spool/spool.ts';
import { signedExample } from '../../src/wire/example-signer.ts';
import { emptied } from './spool-folder.ts';
import { reportOf } from './uplink-fixture.ts';
import { Mosquitto } from './uplink-mosquitto.ts';
import { startProgram } from './uplink-program.ts';
import { recordAll } from './uplink-received.ts';

/** `LINTEL_KILLS=200` for a long run. */
const KILLS = Number(process.env.LINTEL_KILLS ?? 12);
const REPORTS_A_LIFE = 3;

test('killed at random times, the uplink loses no report, and none counts twice', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-kills-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const spoolDir = join(folder, 'spool');
  const spool = await Spool.open({ spoolDir, stateDir: join(folder, 'state') });
  const broker = await Mosquitto.prepare();
  await broker.start();
  const facilities = await recordAll(broker.url);
  const released: number[] = [];
  const release = async () => {
    const hour = released.length + 1;
    await spool.release(reportOf(hour), signedExample(reportOf(hour)));
    released.push(hour);
  };

  for (let kill = 0; kill < KILLS; kill++) {
    for (let report = 0; report < REPORTS_A_LIFE; report++) await release();
    const program = startProgram(broker.url, spoolDir);
    const before = facilities.windows.length;
    // Half of them at any time; half when a report has reached the broker, and may or may not be removed.
    if (kill % 2 === 0) await Promise.race([program.said('delivered'), sleep(Math.random() * 600)]);
    else await facilities.until(() => facilities.windows.length > before);
    await sleep(Math.random() * 4);
    await program.end('SIGKILL');
  }

  const last = startProgram(broker.url, spoolDir);
  await facilities.all(released.length);
  await emptied(await Outbox.open(spoolDir));
  expect(await last.end('SIGTERM')).toBe(0);
  const repeats = new RepeatFilter();
  const counted = facilities.packets
    .map(({ topic, payload }) => receiveReport(topic, Buffer.from(payload)))
    .filter((received) => !repeats.isRepeat(received))
    .map(({ report }) => report.windowStartSeconds / 3600);
  expect(counted.sort((a, b) => a - b)).toEqual(released);
  expect(await readdir(spoolDir)).toEqual([]);
  process.stderr.write(
    `uplink killed ${KILLS} times: ${released.length} reports, ${facilities.windows.length} came\n`,
  );
}, 600_000);
