import { NodesInTurn } from '../broker/nodes-in-turn.ts';
import { RECONNECT_TIMES, reconnectDelayMs } from '../broker/reconnect-delay.ts';
import { type TlsFiles, TlsIdentity } from '../broker/tls-identity.ts';
import { LintelError } from '../lintel-error.ts';
import type { Outbox } from '../spool/outbox.ts';
import type { Clock } from '../time/clock.ts';
import type { BrokerAddress } from '../wire/broker-url.ts';
import type { DeviceAddress } from '../wire/report-topic.ts';
import { attempt } from './attempt.ts';
import { Bell } from './bell.ts';
import { BrokerLink } from './broker-link.ts';
import { PATIENCE } from './connect-options.ts';
import { Delivery } from './delivery.ts';
import type { Outgoing, Profile } from './profile/profile.ts';
import { StatusNotice, type StatusSource } from './status-notice.ts';
import type { UplinkLog } from './uplink-log.ts';

/** The spool is looked into this often even if nobody rings: a lost notice must not hold a report back. */
const LOOK_MS = 60_000;

export interface UplinkOptions {
  readonly broker: BrokerAddress;
  /** Further nodes of the same broker, of which any will do. */
  readonly otherNodes?: readonly BrokerAddress[];
  /** Whether MQTT 3.1.1 will do with a broker on another machine; not unless it is said. */
  readonly allowsOldMqtt?: boolean;
  readonly tls?: TlsFiles;
  readonly address: DeviceAddress;
  readonly outbox: Outbox;
  readonly status: StatusSource;
  /** Called for each connection. @param lost the status for when it is gone */
  readonly profileFor: (lost?: Uint8Array) => Profile;
  readonly clock: Clock;
  readonly log: UplinkLog;
  readonly reconnect?: typeof RECONNECT_TIMES;
  readonly patience?: typeof PATIENCE;
}

/**
 * Holds a connection to the broker and sends what is in the spool (promise P8). The spool is the only queue: nothing
 * is read from it while there is no connection, so a month without one costs no memory.
 */
export class Uplink {
  readonly #options: UplinkOptions;
  readonly #delivery: Delivery;
  readonly #identity: TlsIdentity;
  readonly #nodes: NodesInTurn<BrokerAddress>;
  readonly #bell = new Bell();
  /** Connections in a row over which nothing was delivered. */
  #failures = 0;

  constructor(options: UplinkOptions) {
    this.#options = options;
    this.#nodes = new NodesInTurn([options.broker, ...(options.otherNodes ?? [])], Math.random());
    this.#identity = new TlsIdentity(options.tls ?? {});
    this.#delivery = new Delivery(options.outbox, options.address, options.log);
  }

  /** Runs until `signal` is aborted, whatever the broker does. @throws LintelError SPOOL_IO, at the start only */
  async run(signal: AbortSignal): Promise<void> {
    const unwatch = this.#options.outbox.watch(this.#bell.ring);
    signal.addEventListener('abort', this.#bell.ring);
    try {
      while (!signal.aborted) {
        const reason = await this.#connectAndServe(signal);
        if (reason !== undefined && !signal.aborted) await this.#pause(reason, signal);
      }
    } finally {
      signal.removeEventListener('abort', this.#bell.ring);
      unwatch();
    }
  }

  /** @returns why it ended, unless a new connection is to follow at once */
  async #connectAndServe(signal: AbortSignal): Promise<string | undefined> {
    const { address, clock, log, patience = PATIENCE, allowsOldMqtt = false } = this.#options;
    const broker = this.#nodes.current;
    // Names hold no colon, so no two cameras have one identifier.
    const clientId = `lintel:${address.site}:${address.device}`;
    const lost = await this.#readLost();
    const profile = this.#options.profileFor(lost);
    let link: BrokerLink;
    try {
      link = await BrokerLink.open(
        { broker, tls: this.#identity, clientId, clock, profile, patience, allowsOldMqtt },
        signal,
      );
    } catch (error) {
      if (error instanceof LintelError) return error.message;
      throw error;
    }
    log.info({ host: broker.host, port: broker.port }, 'connected');
    const isToBeginAnew = await this.#serve(link, profile, lost !== undefined, signal);
    return isToBeginAnew ? undefined : link.reason;
  }

  /** @returns whether the link was ended for a new one, which can have a will */
  async #serve(link: BrokerLink, profile: Profile, hasWill: boolean, signal: AbortSignal): Promise<boolean> {
    const { status, log } = this.#options;
    const end = () => void link.end(profile.death());
    signal.addEventListener('abort', end);
    void link.ended.then(this.#bell.ring);
    const notice = new StatusNotice(status, log);
    await this.#introduce(link, profile);
    let isToBeginAnew = false;
    while (link.isOpen && !signal.aborted && !isToBeginAnew) {
      await notice.sendChange(link, profile);
      if ((await this.#delivery.sendAll(link, profile)) > 0) this.#failures = 0;
      // A will can be registered only with a new connection.
      isToBeginAnew = link.isOpen && !hasWill && (await this.#readLost()) !== undefined;
      if (link.isOpen && !isToBeginAnew) await this.#sleep(LOOK_MS);
    }
    signal.removeEventListener('abort', end);
    await (signal.aborted ? link.end(profile.death()) : link.hangUp());
    return isToBeginAnew;
  }

  async #introduce(link: BrokerLink, profile: Profile): Promise<void> {
    const { log } = this.#options;
    const say = (messages: readonly Outgoing[], trouble: string) =>
      attempt(log, trouble, {}, () => Promise.all(messages.map((message) => link.publish(message))));
    const heard = (topic: string, payload: Uint8Array) =>
      void say(profile.heard(topic, payload), 'not answered');
    await attempt(log, 'nothing can be heard', {}, () => link.listen(heard));
    await say(profile.birth(), 'the birth was not delivered');
  }

  #readLost(): Promise<Uint8Array | undefined> {
    const { status, log } = this.#options;
    return attempt(log, 'there will be no word when the connection is lost', {}, () => status.read('lost'));
  }

  async #pause(reason: string, signal: AbortSignal): Promise<void> {
    const { clock, log, reconnect = RECONNECT_TIMES } = this.#options;
    this.#failures += 1;
    this.#nodes.turn();
    const delayMs = reconnectDelayMs(this.#failures, Math.random(), reconnect);
    log.warn({ reason, delayMs: Math.round(delayMs) }, 'not connected; tried again after the delay');
    const untilMs = clock.monotonicMs() + delayMs;
    for (let leftMs = delayMs; leftMs > 0 && !signal.aborted; leftMs = untilMs - clock.monotonicMs()) {
      await this.#sleep(leftMs);
    }
  }

  /** Until somebody rings: the spool, the end of the link, the end of the program, or the clock. */
  async #sleep(longestMs: number): Promise<void> {
    const cancel = this.#options.clock.after(longestMs, this.#bell.ring);
    await this.#bell.heard();
    cancel();
  }
}
