import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'smol-toml';
import { onTestFinished } from 'vitest';
import { loadMonitorSettings } from '../../src/monitor/settings/monitor-settings.ts';
import { withStore } from '../../src/monitor/store/open-store.ts';
import type { ReportStore } from '../../src/monitor/store/report-store.ts';
import { LintelProgram } from './lintel-program.ts';

/** A program that was started before starts sooner. */
const COMPILE_CACHE = fileURLToPath(new URL('../../build/compile-cache', import.meta.url));

/** A folder with the settings of a monitor, and its store. */
export class MonitorFolder {
  readonly file: string;

  private constructor(folder: string) {
    this.file = join(folder, 'monitor.toml');
  }

  static async make(broker: object, more: object = {}): Promise<MonitorFolder> {
    const folder = await mkdtemp(join(tmpdir(), 'lintel-monitor-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const made = new MonitorFolder(folder);
    const page = { listen: '127.0.0.1:0' };
    await writeFile(made.file, stringify({ broker, page, store: { file: 'reports.sqlite' }, ...more }));
    return made;
  }

  /** `lintel monitor` with these settings. */
  start(): LintelProgram {
    return new LintelProgram(['monitor', '--json', '--settings', this.file], {
      env: { NODE_COMPILE_CACHE: COMPILE_CACHE },
    });
  }

  async look<Result>(work: (store: ReportStore) => Promise<Result>): Promise<Result> {
    return withStore((await loadMonitorSettings(this.file)).store, work);
  }
}
