import { connect, type MqttClient } from 'mqtt';
import { LintelError } from '../lintel-error.ts';
import type { Clock } from '../time/clock.ts';
import type { BrokerAddress } from '../wire/broker-url.ts';

const CONNECT_MS = 15_000;
/** The CONNACK code with which a broker of MQTT 3.1.1 answers one of 5. */
const UNACCEPTABLE_VERSION = 1;
/** How long the last acknowledgements and the goodbye may take before the connection is cut. */
const GOODBYE_MS = 2_000;

export interface LinkOptions {
  readonly broker: BrokerAddress;
  readonly clientId: string;
  readonly clock: Clock;
}

/**
 * One connection to the broker, from its greeting to its end, and never a second one: with a client that comes back
 * by itself, the library would keep a queue of its own and send from it, beside the spool.
 */
export class BrokerLink {
  readonly #client: MqttClient;
  readonly #clock: Clock;
  readonly #unacknowledged = new Set<(reason: LintelError) => void>();
  readonly #end = Promise.withResolvers<void>();
  #failure: Error | undefined;

  private constructor({ broker, clientId, clock }: LinkOptions, protocolVersion: 4 | 5) {
    this.#clock = clock;
    this.#client = connect({
      ...broker,
      clientId,
      protocolVersion,
      clean: true,
      reconnectPeriod: 0,
      queueQoSZero: false,
      resubscribe: false,
      connectTimeout: CONNECT_MS,
    });
    this.#client.on('error', (error) => {
      this.#failure ??= error;
      this.#client.end(true);
    });
    this.#client.on('close', () => this.#ended());
  }

  /**
   * Speaks MQTT 5. With 3.1.1 a broker cannot say that it refuses a report, so that one could be lost: it will do
   * only for a broker on this machine, as `lintel run` has for development.
   * @throws LintelError BROKER_UNREACHABLE
   */
  static async open(options: LinkOptions, signal: AbortSignal): Promise<BrokerLink> {
    let link = await BrokerLink.#greet(options, 5, signal);
    if (errorCode(link.#failure) === UNACCEPTABLE_VERSION && isThisMachine(options.broker.host)) {
      link = await BrokerLink.#greet(options, 4, signal);
    }
    if (!link.isOpen) throw new LintelError('BROKER_UNREACHABLE', link.reason, link.#failure);
    return link;
  }

  /** @returns a link that is open, or has ended already */
  static async #greet(
    options: LinkOptions,
    protocolVersion: 4 | 5,
    signal: AbortSignal,
  ): Promise<BrokerLink> {
    const link = new BrokerLink(options, protocolVersion);
    const giveUp = () => link.#client.end(true);
    signal.addEventListener('abort', giveUp);
    if (signal.aborted) giveUp();
    const greeted = new Promise<void>((resolve) => link.#client.once('connect', () => resolve()));
    await Promise.race([greeted, link.ended]);
    signal.removeEventListener('abort', giveUp);
    return link;
  }

  get isOpen(): boolean {
    return this.#client.connected;
  }

  /** Resolves when the connection is over, whoever ended it. */
  get ended(): Promise<void> {
    return this.#end.promise;
  }

  /** Why the connection is over. */
  get reason(): string {
    if (!this.#failure) return 'the broker closed the connection';
    // A host with several addresses fails with an error that has a code but no message.
    return `the broker cannot be used: ${this.#failure.message || errorCode(this.#failure)}`;
  }

  /** Resolves when the broker has taken the message over (PUBACK). @throws LintelError PUBLISH_FAILED */
  publish(topic: string, bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!this.isOpen) return reject(new LintelError('PUBLISH_FAILED', this.reason));
      this.#unacknowledged.add(reject);
      this.#client.publish(topic, Buffer.from(bytes), { qos: 1 }, (error) => {
        this.#unacknowledged.delete(reject);
        if (!error) return resolve();
        reject(new LintelError('PUBLISH_FAILED', `the broker refused ${topic}: ${error.message}`, error));
      });
    });
  }

  /** Waits a little for what is not acknowledged yet, and says goodbye. */
  async close(): Promise<void> {
    if (this.isOpen) this.#client.end();
    const cancel = this.#clock.after(GOODBYE_MS, () => this.#client.stream.destroy());
    await this.ended;
    cancel();
  }

  #ended(): void {
    const error = new LintelError('PUBLISH_FAILED', this.reason, this.#failure);
    for (const reject of this.#unacknowledged) reject(error);
    this.#unacknowledged.clear();
    this.#end.resolve();
  }
}

function errorCode(error: Error | undefined): unknown {
  return error && 'code' in error ? error.code : undefined;
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
