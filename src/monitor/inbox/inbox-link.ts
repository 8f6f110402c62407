import { connect, type IConnackPacket, type IPublishPacket, type MqttClient } from 'mqtt';
import { explainTrouble, hungUp } from '../../broker/explain-trouble.ts';
import { maySpeakOldMqtt } from '../../broker/old-mqtt.ts';
import { LintelError } from '../../lintel-error.ts';
import { AckOrder } from './ack-order.ts';
import { connectOptions, filters, IN_FLIGHT, type InboxOptions } from './inbox-options.ts';

/** MQTT 5, section 3.8.3.1: what the broker had kept is sent when a subscription is new, and not at every connection. */
const RETAINED_IF_NEW = 1;
/** PUBACK and the length of what follows: the message's number, and for a success nothing else (section 3.4). */
const PUBACK = [0x40, 2] as const;
/** Told to the library in place of an acknowledgement, which it would send at once and one by one. */
const LATER = new Error('acknowledged when it is kept');

/** One connection to the broker, from its greeting to its end. What comes is acknowledged when it is kept. */
export class InboxLink {
  readonly protocolVersion: 4 | 5;
  readonly #client: MqttClient;
  readonly #options: InboxOptions;
  readonly #acks: AckOrder;
  readonly #end = Promise.withResolvers<void>();
  #resume: (() => void)[] = [];
  #failure: Error | undefined;
  #hadSession = false;

  private constructor(options: InboxOptions, tls: object, protocolVersion: 4 | 5) {
    this.#options = options;
    this.protocolVersion = protocolVersion;
    this.#client = connect(connectOptions(options, tls, protocolVersion));
    this.#acks = new AckOrder((ids) => this.#acknowledge(ids));
    this.#client.handleMessage = (packet, next) => this.#came(packet, next);
    this.#client.on('connect', ({ sessionPresent }: IConnackPacket) => {
      this.#hadSession = sessionPresent;
    });
    this.#client.on('disconnect', ({ reasonCode }) => this.#fail(hungUp(reasonCode)));
    this.#client.on('error', (error) => this.#fail(error));
    this.#client.on('close', () => this.#end.resolve());
  }

  /**
   * Speaks MQTT 5, and 3.1.1 with a broker that has nothing newer.
   * @throws LintelError BROKER_UNREACHABLE, BROKER_TLS_FILE, SUBSCRIBE_FAILED
   */
  static async open(options: InboxOptions, signal: AbortSignal): Promise<InboxLink> {
    const tls = options.broker.protocol === 'mqtts' ? await options.tls.options() : {};
    let link = await InboxLink.#greet(options, tls, 5, signal);
    if (!link.#client.connected && maySpeakOldMqtt(link.#failure) && !signal.aborted) {
      link = await InboxLink.#greet(options, tls, 4, signal);
    }
    if (!link.#client.connected) throw new LintelError('BROKER_UNREACHABLE', link.reason, link.#failure);
    await link.#subscribe();
    return link;
  }

  static async #greet(options: InboxOptions, tls: object, version: 4 | 5, signal: AbortSignal) {
    const link = new InboxLink(options, tls, version);
    const giveUp = () => void link.#client.end(true);
    signal.addEventListener('abort', giveUp);
    if (signal.aborted) giveUp();
    const greeted = new Promise<void>((resolve) => link.#client.once('connect', () => resolve()));
    await Promise.race([greeted, link.ended]);
    signal.removeEventListener('abort', giveUp);
    return link;
  }

  /** Whether the broker still knew what it was to keep for us; if not, what came meanwhile is lost. */
  get hadSession(): boolean {
    return this.#hadSession;
  }

  /** Resolves when the connection is over, whoever ended it. */
  get ended(): Promise<void> {
    return this.#end.promise;
  }

  /** Why the connection is over. */
  get reason(): string {
    if (this.#failure instanceof LintelError) return this.#failure.message;
    return this.#failure
      ? explainTrouble(this.#failure, this.#options.tls.words)
      : 'the broker closed the connection';
  }

  /** Resolves when the broker has taken it. */
  async publish(topic: string, payload: string): Promise<void> {
    if (!this.#client.connected) throw new LintelError('PUBLISH_FAILED', this.reason);
    const published = this.#client.publishAsync(topic, payload, { qos: 1, retain: true });
    const failed = this.ended.then(() => {
      throw new LintelError('PUBLISH_FAILED', this.reason);
    });
    await Promise.race([published, failed]);
  }

  /** Ends the connection; the broker keeps the session. What is not acknowledged by then comes again. */
  async close(): Promise<void> {
    this.#acks.sendDue();
    await this.#client.endAsync(this.#acks.waiting > 0).catch(() => {});
    await this.ended;
  }

  async #subscribe(): Promise<void> {
    const { share } = this.#options;
    try {
      if (share !== undefined && this.protocolVersion === 4) {
        throw new Error(
          'it speaks MQTT 3.1.1 only, which has no groups: leave broker.share out, and give each monitor a broker.part',
        );
      }
      const options =
        this.protocolVersion === 5 ? { qos: 1 as const, rh: RETAINED_IF_NEW } : { qos: 1 as const };
      const subscribing = this.#client.subscribeAsync(filters(share), options);
      await Promise.race([subscribing, this.ended.then(() => Promise.reject(new Error(this.reason)))]);
    } catch (error) {
      this.#client.end(true);
      const why = error instanceof Error ? error.message : String(error);
      const message = `the broker does not let us read ${filters(share).join(' and ')}: ${why}`;
      throw new LintelError('SUBSCRIBE_FAILED', message, error);
    }
  }

  /** The library hands over one message after another, the next one when `next` is called. */
  #came({ topic, payload, messageId, retain }: IPublishPacket, next: (error?: Error) => void): void {
    const kept = this.#acks.came(messageId);
    this.#options.take(topic, Buffer.from(payload), retain).then(kept, (error) => this.#fail(error));
    if (this.#acks.waiting < IN_FLIGHT) next(LATER);
    else this.#resume.push(() => next(LATER));
  }

  #acknowledge(ids: readonly number[]): void {
    if (ids.length > 0 && this.#client.connected) {
      this.#client.stream.write(Buffer.from(ids.flatMap((id) => [...PUBACK, id >> 8, id & 0xff])));
    }
    for (const resume of this.#resume.splice(0)) resume();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#client.end(true);
  }
}
