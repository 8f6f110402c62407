import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadSettings, type Settings } from '../../src/config/settings.ts';
import { type ModelCard, modelFile, readCatalogue, readModel } from '../../src/detect/catalogue.ts';
import { PROFILES } from '../../src/detect/profile.ts';
import { NodeDisk } from '../../src/disk/node-disk.ts';
import { EvidenceBroken } from '../../src/evidence/evidence-error.ts';
import { logFolder } from '../../src/evidence/found-log.ts';
import type { StartedFact } from '../../src/evidence/record.ts';
import { type EvidenceSummary, summarise } from '../../src/evidence/summary.ts';
import { DeviceKey } from '../../src/identity/device-key.ts';
import { LintelError } from '../../src/lintel-error.ts';
import { noticeFacts } from '../../src/notice/notice-facts.ts';
import { fingerprint } from '../../src/wire/fingerprint.ts';
import { type DeviceFacts, deviceFacts } from '../device-facts.ts';
import { verifyPath } from '../verify-path.ts';
import { EVIDENCE } from '../vision-folders.ts';

/** Something of the device, or why it cannot be shown; `isWrong` when it was looked at and does not hold. */
export type Seen<Value> = { readonly value: Value } | { readonly why: string; readonly isWrong?: boolean };

/** All of a device that the requirements are held against. */
export interface DeviceView {
  readonly settings: Settings;
  readonly facts: DeviceFacts;
  readonly evidence: Seen<{ readonly summary: EvidenceSummary; readonly lastStart: StartedFact | undefined }>;
  /** Each model file of the profile, of which the very bytes are on the device. */
  readonly models: Seen<readonly { readonly name: string; readonly card: ModelCard }[]>;
  readonly notice: Seen<string>;
  /** What the service manager holds `vision` to. */
  readonly service: Seen<Readonly<Record<string, string>>>;
}

export const SERVICE = 'lintel-vision.service';
const PROPERTIES = ['LoadState', 'LimitFSIZE', 'PrivateNetwork'];

/** @throws LintelError when the settings cannot be used */
export async function deviceView(settingsFile: string): Promise<DeviceView> {
  const settings = await loadSettings(settingsFile);
  const [facts, evidence, models, notice, service] = await Promise.all([
    deviceFacts(settings),
    seen(() => evidenceOf(settings)),
    seen(() => modelsOf(settings)),
    seen(async () => noticeFacts(settings, 'en').operator),
    serviceProperties(),
  ]);
  return { settings, facts, evidence, models, notice, service };
}

async function evidenceOf({ paths }: Settings) {
  const { publicKey } = await DeviceKey.read(paths.state, new NodeDisk());
  const folder = logFolder(join(paths.state, EVIDENCE), publicKey);
  const verified = await verifyPath(folder, { key: fingerprint(publicKey) });
  const lastStart = verified.records.findLast((record) => record.what === 'started');
  return { summary: summarise(verified), lastStart };
}

async function modelsOf({ detector, paths }: Settings) {
  const catalogue = await readCatalogue();
  return Promise.all(
    PROFILES[detector.profile].map(async ({ model, width, height }) => {
      const file = modelFile(catalogue, model, width, height);
      await readModel(paths.models, file);
      return { name: file.name, card: catalogue.find(({ id }) => id === model)! };
    }),
  );
}

/** What is broken, or refused, is wrong; what is only not there is not shown. */
const WRONG = ['MODEL_REFUSED', 'DEVICE_KEY_DAMAGED'];

async function seen<Value>(look: () => Promise<Value>): Promise<Seen<Value>> {
  try {
    return { value: await look() };
  } catch (error) {
    if (!(error instanceof LintelError)) throw error;
    return { why: error.message, isWrong: error instanceof EvidenceBroken || WRONG.includes(error.code) };
  }
}

async function serviceProperties(): Promise<DeviceView['service']> {
  const args = ['show', SERVICE, ...PROPERTIES.map((name) => `--property=${name}`)];
  const { stdout } = await promisify(execFile)('systemctl', args).catch(() => ({ stdout: '' }));
  const value = Object.fromEntries(
    stdout
      .split('\n')
      .filter((line) => line.includes('='))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  if (value.LoadState === 'loaded') return { value };
  return { why: `there is no ${SERVICE} on this machine` };
}
