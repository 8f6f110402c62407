import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'smol-toml';
import type { Settings } from '../../src/config/settings.ts';
import { LintelError } from '../../src/lintel-error.ts';
import { SqliteStore } from '../../src/monitor/store/sqlite-store.ts';
import { TrueCrossings, type Truth } from './true-crossings.ts';

const MATERIAL = fileURLToPath(new URL('../../build/material/', import.meta.url));
/** Long enough for some thirty crossings, so that a count is a number and not 'fewer than'. */
export const DEMO_WINDOW_SECONDS = 30;
const SUPPRESS_BELOW = 5;

export interface Demonstration {
  readonly brokerUrl: string;
  readonly modelsDir: string;
  /** The recording to play in place of the demonstration clip. */
  readonly camera: string | undefined;
}

/** Writes a demonstration's settings, for a spool and a state that lie in `folder` too. @returns the settings file */
export async function writeDemoSettings(folder: string, demo: Demonstration): Promise<string> {
  const file = join(folder, 'lintel.toml');
  const settings = {
    site: {
      name: 'demo',
      device: 'door',
      time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC',
    },
    camera: { driver: 'replay', file: resolve(demo.camera ?? join(MATERIAL, 'demo.mp4')) },
    doorway: {
      faces: 'both',
      line: [
        [0.5, 0],
        [0.5, 1],
      ],
      in_side: 'left-to-right',
    },
    anonymity: { suppress_below: SUPPRESS_BELOW },
    lines: { driver: 'simulated' },
    broker: { url: demo.brokerUrl },
    paths: { spool: 'spool', state: 'state', models: resolve(demo.modelsDir) },
  };
  await writeFile(file, stringify(settings));
  return file;
}

/** Writes the settings of a monitor that knows the demonstration's camera by `key`, its fingerprint. @returns the settings file */
export async function writeDemoMonitor(folder: string, door: Settings, key: string): Promise<string> {
  const { site, broker } = door;
  const file = join(folder, 'monitor.toml');
  const settings = {
    broker: { url: broker.url },
    store: { file: 'reports.sqlite' },
    page: { listen: '127.0.0.1:0', time_zone: site.timeZone },
  };
  await writeFile(file, stringify(settings));
  const store = SqliteStore.open(join(folder, settings.store.file));
  await store.enrol({ site: site.name, device: site.device }, key);
  await store.close();
  return file;
}

/** What the demonstration clip really shows. @throws LintelError DEMO_MISSING */
export async function readTruth(): Promise<TrueCrossings> {
  try {
    return new TrueCrossings(JSON.parse(await readFile(join(MATERIAL, 'demo-truth.json'), 'utf8')) as Truth);
  } catch (cause) {
    throw new LintelError('DEMO_MISSING', 'the demonstration clip is not there: run npm run setup', cause);
  }
}
