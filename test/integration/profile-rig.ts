import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { onTestFinished } from 'vitest';
import { Spool } from '../../src/spool/spool.ts';
import { StatusFiles } from '../../src/spool/status-files.ts';
import type { ProfileName } from '../../src/uplink/choose-profile.ts';
import { exampleReport } from '../../src/wire/example-report.ts';
import { signedExample } from '../../src/wire/example-signer.ts';
import type { Report } from '../../src/wire/report.ts';
import { Mosquitto } from './uplink-mosquitto.ts';
import { startProgram } from './uplink-program.ts';

export interface Heard {
  readonly topic: string;
  readonly payload: Buffer;
  readonly qos: number;
  readonly retain: boolean;
}

/** Everything that somebody subscribed to `filter` gets, in order. */
export class Listener {
  readonly heard: Heard[] = [];
  #wake = (): void => {};

  static async start(url: string, filter: string) {
    const listener = new Listener();
    const client = await connectAsync(url, { protocolVersion: 5, reconnectPeriod: 0 });
    onTestFinished(() => client.endAsync(true));
    client.on('message', (topic, payload, { qos, retain }) => {
      listener.heard.push({ topic, payload, qos, retain });
      listener.#wake();
    });
    await client.subscribeAsync(filter, { qos: 1, rap: true });
    const say = (topic: string, payload: Uint8Array | string) =>
      client.publishAsync(topic, Buffer.from(payload), { qos: 1 });
    return { listener, say };
  }

  /** Resolves to the messages whose topic has these words, when there are so many. */
  async has(count: number, words: string): Promise<Heard[]> {
    for (;;) {
      const found = this.heard.filter(({ topic }) => topic.includes(words));
      if (found.length >= count) return found;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

/** A camera's uplink program with this profile, and a real Mosquitto. @param rules of access */
export async function startCamera(profile: ProfileName, rules?: string) {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-profile-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const spoolDir = join(folder, 'spool');
  const spool = await Spool.open({ spoolDir, stateDir: join(folder, 'state') });
  const status = new StatusFiles(spoolDir);
  const broker = await Mosquitto.prepare(rules);
  await broker.start();
  return {
    broker,
    start: () => startProgram(broker.url, spoolDir, { profile }),
    release: (changes: Partial<Report>) => {
      const report = exampleReport(changes);
      return spool.release(report, signedExample(report));
    },
    status: (bytes: Uint8Array) => status.write('current', bytes),
    waiting: async () => (await readdir(spoolDir)).filter((name) => name.endsWith('.report')),
  };
}

/** A window that has been over for a second, and so many hours, by this machine's clock. */
export function latestWindow(hoursAgo = 0): Partial<Report> {
  const windowStartSeconds = Math.floor(Date.now() / 1000) - 3601 - hoursAgo * 3600;
  return { windowStartSeconds, windowSeconds: 3600 };
}
