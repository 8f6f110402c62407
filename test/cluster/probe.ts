import { connectAsync, type MqttClient } from 'mqtt';
import type { FleetCamera } from '../../firmware/fleet/fleet-camera.ts';
import { parseBrokerUrl } from '../../src/wire/broker-url.ts';
import { reportTopic } from '../../src/wire/report-topic.ts';
import type { SentReports } from './sent-reports.ts';

const WINDOW_SECONDS = 3_600;
const FIRST_START = Date.UTC(2024, 0, 1) / 1_000;

/** A camera that reports without end, and notes how long each report took until it was acknowledged. */
export class Probe {
  readonly #client: MqttClient;
  readonly #camera: FleetCamera;
  readonly #open = new Set<Promise<void>>();
  #windows = 0;
  #longestMs = 0;

  private constructor(client: MqttClient, camera: FleetCamera) {
    this.#client = client;
    this.#camera = camera;
  }

  /** @param urls the nodes, in the order in which they are tried */
  static async connect(camera: FleetCamera, urls: readonly string[]): Promise<Probe> {
    const { site, device } = camera.address;
    const servers = urls.map(parseBrokerUrl);
    const client = await connectAsync({
      servers,
      clientId: `${site}/${device}`,
      protocolVersion: 4,
      reconnectPeriod: 250,
    });
    client.on('error', () => {});
    return new Probe(client, camera);
  }

  get address() {
    return this.#camera.address;
  }

  /** When the window began that is now sent. */
  send(sent: SentReports): number {
    const start = FIRST_START + WINDOW_SECONDS * this.#windows++;
    const bytes = this.#camera.report(start, WINDOW_SECONDS);
    sent.add(this.address, bytes);
    const began = performance.now();
    const sending = this.#client
      .publishAsync(reportTopic(this.address, 'window'), Buffer.from(bytes), { qos: 1 })
      .then(() => {
        this.#longestMs = Math.max(this.#longestMs, performance.now() - began);
        this.#open.delete(sending);
      });
    this.#open.add(sending);
    return start;
  }

  /** The longest time that a report waited for its acknowledgement. */
  get longestMs(): number {
    return this.#longestMs;
  }

  /** Resolves when all were acknowledged. */
  async end(): Promise<void> {
    await Promise.all(this.#open);
    await this.#client.endAsync();
  }
}
