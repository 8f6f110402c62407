import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'mqtt';
import { stringify } from 'smol-toml';
import { type ReceivedReport, receiveReport } from '../../../src/monitor/received-report.ts';
import { REPORT_TOPIC_FILTER } from '../../../src/wire/report-topic.ts';
import { layout } from '../camera/layout.ts';
import { figure } from '../guest-report.ts';
import { SimChip } from '../sim/sim-chip.ts';
import { SimLamp } from '../sim/sim-lamp.ts';

const lines = { button: 4, sign: 5, sense: 6, assist: 7 };
const folder = '/tmp/report-door';
const settingsFile = join(folder, 'lintel.toml');
const broker = { port: 1883, url: 'mqtt://127.0.0.1:1883' };
const WINDOW_SECONDS = 20;
const AGAIN_MS = 10_000;
const checkout = join(import.meta.dirname, '../../..');

test('photographs that a real libcamera shows become a signed report at a broker, by vision and uplink', async () => {
  using chip = SimChip.plug();
  await using _ = await SimLamp.wire(chip, lines.sign, lines.sense);
  chip.drive(lines.button, 0);
  writeSettings(chip.label);
  const vision = join(checkout, 'test/device/camera-report/brief-windows.ts');
  const uplink = [join(checkout, 'firmware/lintel.ts'), 'uplink', '--settings', settingsFile];
  const over = new AbortController();
  const running = [
    ['mosquitto', '-p', String(broker.port)],
    [process.execPath, vision, settingsFile, String(WINDOW_SECONDS), 'quick'],
    [process.execPath, ...uplink],
  ].map((command) => keepRunning(command, over.signal));
  const client = connect(broker.url);
  try {
    const watched = Promise.withResolvers<ReceivedReport>();
    client.on('message', (topic, payload) => {
      const received = receiveReport(topic, payload);
      const { windowSeconds, coveragePercent } = received.report;
      figure('a report', `of ${windowSeconds} s, ${coveragePercent} % of which was watched`);
      if (coveragePercent > 0) watched.resolve(received);
    });
    client.subscribe(REPORT_TOPIC_FILTER);
    const { site, device, report } = await watched.promise;
    assert.deepEqual(
      { site, device, level: report.level },
      { site: 'house', device: 'door', level: 'window' },
    );
    assert.equal(report.windowSeconds, WINDOW_SECONDS);
  } finally {
    over.abort();
    client.end(true);
    await Promise.all(running);
  }
});

function writeSettings(chip: string): void {
  mkdirSync(join(folder, 'spool'), { recursive: true });
  const settings = {
    site: { name: 'house', device: 'door', place: 'lobby', purpose: 'Counting.' },
    camera: { driver: 'native', width: layout.width, height: layout.height },
    doorway: {
      line: [
        [0.5, 0],
        [0.5, 1],
      ],
      in_side: 'left-to-right',
    },
    lines: { driver: 'chardev', chip, ...lines },
    broker: { url: broker.url },
    paths: { spool: 'spool', state: 'state' },
  };
  writeFileSync(settingsFile, stringify(settings));
}

/** As the service manager does: what ends is started again after a while. Emulated, a first start may take too long for its guard. */
async function keepRunning([command, ...args]: readonly string[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const child = spawn(command!, args, { stdio: ['ignore', 'inherit', 'inherit'], signal });
    child.on('error', () => {});
    await once(child, 'exit').catch(() => {});
    await sleep(AGAIN_MS, undefined, { signal }).catch(() => {});
  }
}
