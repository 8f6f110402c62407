import { randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AlarmWatch } from '../../src/monitor/alarms/alarm-watch.ts';
import { DoorChanges } from '../../src/monitor/door-changes.ts';
import { Ingest } from '../../src/monitor/ingest.ts';
import { SqliteStore } from '../../src/monitor/store/sqlite-store.ts';
import { MonitorWeb } from '../../src/monitor/web/monitor-web.ts';
import { passwordLine } from '../../src/monitor/web/password-file.ts';
import type { WebOptions } from '../../src/monitor/web/web-options.ts';
import { SimulatedClock } from '../../src/time/simulated-clock.ts';
import { exampleReport } from '../../src/wire/example-report.ts';
import { exampleSigner } from '../../src/wire/example-signer.ts';
import { exampleStatus } from '../../src/wire/example-status.ts';
import { fingerprint } from '../../src/wire/fingerprint.ts';
import type { Report } from '../../src/wire/report.ts';
import { encodeReport } from '../../src/wire/report-codec.ts';
import { type DeviceAddress, reportTopic } from '../../src/wire/report-topic.ts';
import type { Signer } from '../../src/wire/signature.ts';
import type { Status } from '../../src/wire/status.ts';
import { encodeStatus } from '../../src/wire/status-codec.ts';
import { statusTopic } from '../../src/wire/status-topic.ts';

/** Tests wait for it. */
const CHEAP = { log2: 10, blockSize: 8, parallel: 1 };

const EXPECTED = { software: '0.1.0' };
/** An alarm ends when its cause has been gone for so long. */
export const QUIET_SECONDS = 300;

/** A Wednesday, 15:00 in UTC: the window that began at 14:00 was just released. */
export const NOW_SECONDS = Date.UTC(2026, 0, 7, 15) / 1_000;

/** The monitor's page over a real store, fed with signed messages as a broker would bring them, by a clock that is moved by hand. */
export class MonitorRig {
  readonly store = SqliteStore.open(':memory:');
  readonly clock = new SimulatedClock(NOW_SECONDS * 1_000);
  readonly enrolled: string[] = [];
  readonly troubles: string[] = [];
  readonly #ingest: Ingest;
  readonly #changes = new DoorChanges();
  readonly #watch: AlarmWatch;
  #web: MonitorWeb | undefined;

  private constructor() {
    this.#ingest = new Ingest(this.store, this.clock, {
      kept: (reports, statuses) => this.#changes.tell([...reports, ...statuses]),
      refused: (topic, error) => void this.troubles.push(`${topic}: ${error.message}`),
    });
    this.#watch = new AlarmWatch({
      store: this.store,
      clock: this.clock,
      expected: EXPECTED,
      quietSeconds: QUIET_SECONDS,
      listeningSinceSeconds: () => 0,
      tell: (alarm) => this.#changes.tell([alarm]),
    });
  }

  static async start(options: Partial<WebOptions> = {}): Promise<MonitorRig> {
    const rig = new MonitorRig();
    rig.#web = await MonitorWeb.start({
      store: rig.store,
      clock: rig.clock,
      listen: { host: '127.0.0.1', port: 0 },
      access: { by: 'loopback' },
      expected: EXPECTED,
      timeZone: 'UTC',
      changes: rig.#changes,
      enrolled: (line) => rig.enrolled.push(line),
      trouble: (message) => rig.troubles.push(message),
      ...options,
    });
    return rig;
  }

  get url(): string {
    return this.#web!.url;
  }

  async report(door: DeviceAddress, signer: Signer, changes: Partial<Report> = {}): Promise<void> {
    const report = exampleReport(changes);
    await this.#ingest.take(reportTopic(door, report.level), encodeReport(report, door, signer));
  }

  async status(door: DeviceAddress, signer: Signer, changes: Partial<Status> = {}): Promise<void> {
    const status = exampleStatus({ timeSeconds: this.nowSeconds, ...changes });
    await this.#ingest.take(statusTopic(door), encodeStatus(status, door, signer));
  }

  /** A camera as it should be: enrolled, with its status and its last window. */
  async camera(door: DeviceAddress, changes: Partial<Report> = {}): Promise<Signer> {
    const signer = newSigner();
    await this.store.enrol(door, keyOf(signer));
    await this.status(door, signer);
    await this.report(door, signer, { windowStartSeconds: this.nowSeconds - 3_600, ...changes });
    return signer;
  }

  /** Raises and ends alarms, as the monitor does every quarter of a minute. */
  async lookForAlarms(): Promise<void> {
    await this.#watch.look();
  }

  get nowSeconds(): number {
    return Math.floor(this.clock.wallMs() / 1_000);
  }

  async close(): Promise<void> {
    await this.#web?.close();
    await this.store.close();
  }
}

export function newSigner(): Signer {
  return exampleSigner(randomBytes(32).toString('hex'));
}

export function keyOf(signer: Signer): string {
  return fingerprint(signer.publicKey);
}

/** A password file that knows one user. */
export async function passwordFile(name: string, password: string): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), 'lintel-passwords-')), 'passwords');
  writeFileSync(file, `# who may look\n${await passwordLine(name, password, CHEAP)}\n`);
  return file;
}
