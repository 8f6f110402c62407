import { connectAsync, type MqttClient } from 'mqtt';
import { explainTrouble } from '../../src/broker/explain-trouble.ts';
import { type TlsFiles, TlsIdentity } from '../../src/broker/tls-identity.ts';
import { LintelError } from '../../src/lintel-error.ts';
import { pause } from '../../src/monitor/pause.ts';
import { SystemClock } from '../../src/time/system-clock.ts';
import { parseBrokerUrl } from '../../src/wire/broker-url.ts';
import { fingerprint } from '../../src/wire/fingerprint.ts';
import { reportTopic } from '../../src/wire/report-topic.ts';
import { statusTopic } from '../../src/wire/status-topic.ts';
import { FleetCamera } from './fleet-camera.ts';

export interface FleetOptions {
  /** The nodes of one broker: each camera begins with another one, and goes on to the next when it fails. */
  readonly brokerUrls: readonly string[];
  readonly protocolVersion?: 4 | 5;
  readonly tls?: TlsFiles;
  readonly cameras: number;
  readonly seed: number;
  readonly windowSeconds: number;
  readonly faults: boolean;
  /** Ends after so many windows; runs on if not given. */
  readonly windows?: number;
  readonly progress: (line: string) => void;
}

export interface FleetSummary {
  readonly cameras: number;
  readonly windows: number;
  /** When each of them began, in Unix seconds: not one after the other where the broker was too slow. */
  readonly windowStarts: readonly number[];
  /** Acknowledged by the broker, repeats too. */
  readonly reports: number;
  readonly repeats: number;
  readonly statuses: number;
  readonly failures: number;
  /** From a window's end until the broker had acknowledged the last report of it. */
  readonly slowestWindowMs: number;
}

/** So many connect at once: a broker has a queue for those whose turn has not come. */
const CONNECTING = 50;

/** Every camera of a fleet, for whoever enrols them. */
export function fleetKeys(cameras: number, seed: number): { door: string; key: string }[] {
  return Array.from({ length: cameras }, (_, number) => {
    const { address, signer } = new FleetCamera(seed, number, false);
    return { door: `${address.site}/${address.device}`, key: fingerprint(signer.publicKey) };
  });
}

/** Connects all cameras, and has each report at the end of every window, until `signal` is aborted. @throws LintelError */
export async function runFleet(options: FleetOptions, signal: AbortSignal): Promise<FleetSummary> {
  const { cameras, seed, windowSeconds, faults, progress } = options;
  const summary = {
    cameras,
    windows: 0,
    windowStarts: [] as number[],
    reports: 0,
    repeats: 0,
    statuses: 0,
    failures: 0,
    slowestWindowMs: 0,
  };
  const clock = new SystemClock();
  const fleet = Array.from({ length: cameras }, (_, number) => new FleetCamera(seed, number, faults));
  const clients = await connectAll(options, fleet, signal);
  progress(`${clients.length} cameras are connected`);
  const send = async (camera: FleetCamera, client: MqttClient, start: number): Promise<void> => {
    if (camera.fault === 'silent') return;
    const topic = reportTopic(camera.address, 'window');
    const bytes = Buffer.from(camera.report(start, windowSeconds));
    const times = camera.fault === 'repeats' ? 2 : 1;
    for (let time = 0; time < times; time++) await client.publishAsync(topic, bytes, { qos: 1 });
    summary.reports += times;
    summary.repeats += times - 1;
    const status = Buffer.from(camera.status(start + windowSeconds));
    await client.publishAsync(statusTopic(camera.address), status, { qos: 1, retain: true });
    summary.statuses++;
  };
  try {
    while (!signal.aborted && summary.windows < (options.windows ?? Number.POSITIVE_INFINITY)) {
      const endMs = Math.ceil(Date.now() / (windowSeconds * 1_000)) * windowSeconds * 1_000;
      await pause(clock, endMs - Date.now(), signal);
      if (signal.aborted) break;
      const start = endMs / 1_000 - windowSeconds;
      summary.windowStarts.push(start);
      const sent = await Promise.allSettled(fleet.map((camera, at) => send(camera, clients[at]!, start)));
      summary.failures += sent.filter(({ status }) => status === 'rejected').length;
      summary.windows++;
      const tookMs = Date.now() - endMs;
      summary.slowestWindowMs = Math.max(summary.slowestWindowMs, tookMs);
      progress(
        `window ${summary.windows}: all acknowledged after ${tookMs} ms, ${summary.failures} failed in all`,
      );
    }
  } finally {
    await Promise.all(clients.map((client) => client.endAsync(true)));
  }
  return summary;
}

async function connectAll(options: FleetOptions, fleet: readonly FleetCamera[], signal: AbortSignal) {
  const nodes = options.brokerUrls.map(parseBrokerUrl);
  const [first] = nodes;
  const identity = new TlsIdentity(options.tls ?? {});
  const tls = nodes.some(({ protocol }) => protocol === 'mqtts') ? await identity.options() : {};
  const clients: MqttClient[] = [];
  const nowSeconds = Math.floor(Date.now() / 1_000);
  try {
    for (let at = 0; at < fleet.length && !signal.aborted; at += CONNECTING) {
      const opening = fleet.slice(at, at + CONNECTING).map((camera, index) =>
        connectAsync({
          ...first,
          servers: Array.from(nodes, (_, node) => nodes[(at + index + node) % nodes.length]!),
          ...tls,
          clientId: `${camera.address.site}/${camera.address.device}`,
          protocolVersion: options.protocolVersion ?? 5,
          reconnectPeriod: 1_000,
          will: {
            topic: statusTopic(camera.address),
            payload: Buffer.from(camera.status(nowSeconds, 'lost')),
            qos: 1,
            retain: true,
          },
        }).then((client) => client.on('error', () => {})),
      );
      clients.push(...(await Promise.all(opening)));
    }
    return clients;
  } catch (error) {
    await Promise.all(clients.map((client) => client.endAsync(true)));
    const reason = error instanceof Error ? explainTrouble(error) : String(error);
    throw new LintelError('FLEET_CONNECT', `after ${clients.length} cameras: ${reason}`, error);
  }
}
