import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'smol-toml';
import { onTestFinished } from 'vitest';
import type { ReportStore } from '../../src/monitor/store/report-store.ts';
import { SqliteStore } from '../../src/monitor/store/sqlite-store.ts';
import { LintelProgram } from './lintel-program.ts';

/** A program that was started before starts sooner. */
const COMPILE_CACHE = fileURLToPath(new URL('../../build/compile-cache', import.meta.url));

/** A folder with the settings of a monitor, and its store. */
export class MonitorFolder {
  readonly file: string;
  readonly storeFile: string;

  private constructor(folder: string) {
    this.file = join(folder, 'monitor.toml');
    this.storeFile = join(folder, 'reports.sqlite');
  }

  static async make(broker: object, more: object = {}): Promise<MonitorFolder> {
    const folder = await mkdtemp(join(tmpdir(), 'lintel-monitor-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const made = new MonitorFolder(folder);
    await writeFile(made.file, stringify({ broker, store: { file: 'reports.sqlite' }, ...more }));
    return made;
  }

  /** `lintel monitor` with these settings. */
  start(): LintelProgram {
    return new LintelProgram(['monitor', '--json', '--settings', this.file], {
      env: { NODE_COMPILE_CACHE: COMPILE_CACHE },
    });
  }

  async look<Result>(work: (store: ReportStore) => Promise<Result>): Promise<Result> {
    const store = SqliteStore.open(this.storeFile);
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }
}
