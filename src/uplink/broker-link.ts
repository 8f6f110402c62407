import { connect, type IConnackPacket, type MqttClient } from 'mqtt';
import { explainTrouble, hungUp } from '../broker/explain-trouble.ts';
import { maySpeakOldMqtt } from '../broker/old-mqtt.ts';
import { LintelError } from '../lintel-error.ts';
import { isThisMachine } from '../wire/broker-url.ts';
import { connectOptions, type LinkOptions, type TlsOptions } from './connect-options.ts';
import type { Outgoing } from './profile/profile.ts';
import { Sender } from './sender.ts';

/** The reason in a DISCONNECT of MQTT 5 (3.14.2.1) for which the broker sends the will all the same. */
const DISCONNECT_WITH_WILL = 4;
/** How long the last acknowledgements and the goodbye may take before the connection is cut. */
const GOODBYE_MS = 2_000;

/**
 * One connection to the broker, from its greeting to its end, and never a second one: with a client that comes back
 * by itself, the library would keep a queue of its own and send from it, beside the spool.
 */
export class BrokerLink {
  readonly #client: MqttClient;
  readonly #options: LinkOptions;
  readonly #protocolVersion: 4 | 5;
  readonly #sender: Sender;
  readonly #end = Promise.withResolvers<void>();
  #failure: Error | undefined;
  #isClosing = false;

  private constructor(options: LinkOptions, tls: TlsOptions, protocolVersion: 4 | 5) {
    this.#options = options;
    this.#protocolVersion = protocolVersion;
    this.#client = connect(connectOptions(options, tls, protocolVersion));
    this.#sender = new Sender(this.#client, protocolVersion, () => this.#deadline());
    this.#client.on('connect', ({ properties }: IConnackPacket) => {
      this.#sender.allow(properties?.receiveMaximum);
    });
    this.#client.on('disconnect', ({ reasonCode }) => this.#fail(hungUp(reasonCode)));
    this.#client.on('error', (error) => this.#fail(error));
    this.#client.on('close', () => this.#ended());
  }

  /**
   * Speaks MQTT 5, unless the profile's standard wants something else. With 3.1.1 a broker cannot say that it refuses
   * a report, so that one could be lost: it will do by itself only for a broker on this machine, as `lintel run` has
   * for development; another one needs a word in the settings.
   * @throws LintelError BROKER_UNREACHABLE, BROKER_TLS_FILE
   */
  static async open(options: LinkOptions, signal: AbortSignal): Promise<BrokerLink> {
    const { broker, profile, allowsOldMqtt } = options;
    const tls = broker.protocol === 'mqtts' ? await options.tls.options() : {};
    let link = await BrokerLink.#greet(options, tls, profile.protocolVersion ?? 5, signal);
    const mayBeOld = !link.isOpen && maySpeakOldMqtt(link.#failure) && !signal.aborted;
    if (mayBeOld && (allowsOldMqtt || isThisMachine(broker.host))) {
      link = await BrokerLink.#greet(options, tls, 4, signal);
    }
    if (!link.isOpen) throw new LintelError('BROKER_UNREACHABLE', link.reason, link.#failure);
    return link;
  }

  /** @returns a link that is open, or has ended already */
  static async #greet(
    options: LinkOptions,
    tls: TlsOptions,
    protocolVersion: 4 | 5,
    signal: AbortSignal,
  ): Promise<BrokerLink> {
    const link = new BrokerLink(options, tls, protocolVersion);
    const giveUp = () => link.#client.end(true);
    signal.addEventListener('abort', giveUp);
    if (signal.aborted) giveUp();
    const greeted = new Promise<void>((resolve) => link.#client.once('connect', () => resolve()));
    await Promise.race([greeted, link.ended]);
    signal.removeEventListener('abort', giveUp);
    return link;
  }

  get isOpen(): boolean {
    return this.#client.connected && !this.#isClosing;
  }

  /** Resolves when the connection is over, whoever ended it. */
  get ended(): Promise<void> {
    return this.#end.promise;
  }

  /** Why the connection is over. */
  get reason(): string {
    return this.#failure ? explainTrouble(this.#failure) : 'the broker closed the connection';
  }

  /** Hears what the profile listens to. @throws LintelError SUBSCRIBE_FAILED */
  async listen(heard: (topic: string, payload: Uint8Array) => void): Promise<void> {
    const { listensTo } = this.#options.profile;
    if (listensTo.length === 0) return;
    this.#client.on('message', heard);
    const cancel = this.#deadline();
    const subscribing = this.#client.subscribeAsync([...listensTo], { qos: 1 });
    try {
      await Promise.race([subscribing, this.ended.then(() => Promise.reject(new Error(this.reason)))]);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new LintelError('SUBSCRIBE_FAILED', `the broker refused ${listensTo.join(', ')}: ${why}`, error);
    } finally {
      cancel();
    }
  }

  /**
   * Sends in the order of the calls. Resolves when the broker has taken the message over (QoS 1: PUBACK; QoS 0: it is
   * written). A broker that does not answer is given up.
   * @throws LintelError PUBLISH_FAILED
   */
  publish(message: Outgoing): Promise<void> {
    if (!this.isOpen) return Promise.reject(new LintelError('PUBLISH_FAILED', this.reason));
    return this.#sender.publish(message);
  }

  /**
   * Sends `last`, waits a little for what is not acknowledged yet, and says goodbye: the will is then not sent, unless
   * the profile wants it.
   */
  async end(last: readonly Outgoing[]): Promise<void> {
    const sendsWill = this.#protocolVersion === 5 && this.#options.profile.endsWithWill;
    for (const message of last) void this.publish(message).catch(() => {});
    await this.#settle(() => this.#client.end(false, sendsWill ? { reasonCode: DISCONNECT_WITH_WILL } : {}));
  }

  /** Waits a little for what is not acknowledged yet, and hangs up: the broker then sends the will. */
  async hangUp(): Promise<void> {
    await this.#settle(() => this.#client.end(true));
  }

  async #settle(finish: () => void): Promise<void> {
    this.#isClosing = true;
    const cancel = this.#options.clock.after(GOODBYE_MS, () => this.#client.stream.destroy());
    await this.#sender.settled();
    finish();
    await this.ended;
    cancel();
  }

  #deadline(): () => void {
    const { clock, patience } = this.#options;
    return clock.after(patience.acknowledgeMs, () => {
      this.#fail(new Error(`it has not acknowledged a message for ${patience.acknowledgeMs / 1000} s`));
    });
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#client.end(true);
  }

  #ended(): void {
    this.#sender.giveUp(new LintelError('PUBLISH_FAILED', this.reason, this.#failure));
    this.#end.resolve();
  }
}
