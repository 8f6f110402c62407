import { pino } from 'pino';
import { runMonitor } from '../src/monitor/monitor-program.ts';
import { loadMonitorSettings } from '../src/monitor/settings/monitor-settings.ts';
import { startPage } from '../src/monitor/web/start-page.ts';
import { lineLog } from './line-log.ts';

/** The program of the facilities team: runs until `signal` is aborted. @throws LintelError */
export async function runMonitorProgram(settingsFile: string, json: boolean, signal: AbortSignal) {
  const settings = await loadMonitorSettings(settingsFile);
  const log = json ? pino({ name: 'monitor' }) : lineLog((line) => process.stdout.write(`${line}\n`));
  await runMonitor({ settings, log, startPage }, signal);
}
