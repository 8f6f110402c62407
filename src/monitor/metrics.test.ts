import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { exampleReport } from '../wire/example-report.ts';
import { MonitorMetrics } from './metrics.ts';
import { MetricsServer } from './metrics-server.ts';

const DASHBOARD = new URL('../../deploy/monitoring/grafana-dashboard.json', import.meta.url);
const front = { site: 'hall', device: 'front' };
const report = exampleReport();
const endSeconds = report.windowStartSeconds + report.windowSeconds;

it('has figures on doors, alarms, and what was taken and thrown away', async () => {
  const metrics = new MonitorMetrics();
  metrics.connected(true);
  metrics.kept([{ ...front, report, signedBy: 'key' }], endSeconds + 5);
  metrics.refused('SIGNATURE_BAD');
  metrics.took(2);
  metrics.doors(
    ['ok', 'ok', 'silent'],
    [{ ...front, kind: 'silent', raisedSeconds: 1, endedSeconds: undefined }],
  );
  metrics.doors(['ok', 'silent'], [{ ...front, kind: 'silent', raisedSeconds: 1, endedSeconds: undefined }]);
  const { body } = await metrics.text();
  for (const line of [
    'lintel_doors{state="ok"} 1',
    'lintel_doors{state="sign-fault"} 0',
    'lintel_alarms{kind="silent"} 1',
    'lintel_alarms{kind="forged"} 0',
    'lintel_broker_connected 1',
    'lintel_reports_stored_total{level="window"} 1',
    'lintel_messages_refused_total{reason="SIGNATURE_BAD"} 1',
    'lintel_report_age_seconds_sum 5',
    'lintel_ingest_seconds_count 1',
  ]) {
    expect(body.split('\n')).toContain(line);
  }
});

it('has every figure that the dashboard shows', async () => {
  const { body } = await new MonitorMetrics().text();
  const shown = (await readFile(DASHBOARD, 'utf8')).matchAll(/\b(lintel_\w+|process_cpu_seconds_total)/g);
  const names = new Set([...shown].map(([name]) => name.replace(/_bucket$/, '')));
  expect(names.size).toBeGreaterThan(6);
  for (const name of names) expect(body).toContain(`# TYPE ${name} `);
});

it('answers on loopback, and nothing but that', async () => {
  const server = await MetricsServer.listen(0, new MonitorMetrics());
  const answer = await fetch(server.url);
  expect(answer.headers.get('content-type')).toContain('text/plain');
  expect(await answer.text()).toContain('lintel_broker_connected 0');
  expect((await fetch(new URL('/', server.url))).status).toBe(404);
  expect((await fetch(server.url, { method: 'POST' })).status).toBe(404);
  const { port } = new URL(server.url);
  await expect(MetricsServer.listen(Number(port), new MonitorMetrics())).rejects.toThrow('name another');
  await server.close();
});
