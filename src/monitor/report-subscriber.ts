import { setTimeout } from 'node:timers/promises';
import { connect, type MqttClient } from 'mqtt';
import { explainTrouble } from '../broker/explain-trouble.ts';
import { TlsIdentity } from '../broker/tls-identity.ts';
import { LintelError } from '../lintel-error.ts';
import type { BrokerAddress } from '../wire/broker-url.ts';
import { REPORT_TOPIC_FILTER } from '../wire/report-topic.ts';
import { parseStatusTopic, STATUS_TOPIC_FILTER } from '../wire/status-topic.ts';
import { type ReceivedReport, receiveReport } from './received-report.ts';
import { type ReceivedStatus, receiveStatus } from './received-status.ts';
import { RepeatFilter } from './repeat-filter.ts';

/** A door's status names the key of its reports, so it is asked for first. */
const FILTERS = [STATUS_TOPIC_FILTER, REPORT_TOPIC_FILTER];
const RECONNECT_MS = 1_000;

export interface SubscriberEvents {
  readonly report: (received: ReceivedReport) => void;
  readonly status?: (received: ReceivedStatus) => void;
  /** Reports of every door come from now on. */
  readonly subscribed: () => void;
  /** Something was wrong; the subscriber goes on, and connects again where need be. */
  readonly trouble: (message: string) => void;
}

/**
 * Receives the reports of every door, each once, and its statuses, for as long as it is connected. What has no good
 * signature is not passed on.
 */
export class ReportSubscriber {
  readonly #broker: BrokerAddress;
  readonly #events: SubscriberEvents;
  readonly #tls: TlsIdentity;
  readonly #repeats = new RepeatFilter();
  readonly #ending = new AbortController();
  readonly #running: Promise<void>;
  #isLost = false;

  constructor(broker: BrokerAddress, events: SubscriberEvents, tls = new TlsIdentity({})) {
    this.#broker = broker;
    this.#events = events;
    this.#tls = tls;
    this.#running = this.#run();
  }

  async close(): Promise<void> {
    this.#ending.abort();
    await this.#running;
  }

  /** Each connection is a new one, so that a renewed certificate needs no restart. */
  async #run(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      const reason = await this.#connectOnce(signal);
      if (signal.aborted) return;
      this.#lost(reason);
      await setTimeout(RECONNECT_MS, undefined, { signal }).catch(() => {});
    }
  }

  /** @returns why it ended */
  async #connectOnce(signal: AbortSignal): Promise<string> {
    let tls = {};
    try {
      if (this.#broker.protocol === 'mqtts') tls = await this.#tls.options();
    } catch (error) {
      if (error instanceof LintelError) return error.message;
      throw error;
    }
    if (signal.aborted) return 'ended';
    // MQTT 3.1.1 is understood by every broker, and has all that a receiver needs.
    const client = connect({ ...this.#broker, ...tls, protocolVersion: 4, reconnectPeriod: 0 });
    const end = () => void client.end(true);
    signal.addEventListener('abort', end);
    let failure: Error | undefined;
    client.on('connect', () => this.#subscribe(client));
    client.on('message', (topic, bytes) => this.#receive(topic, bytes));
    client.on('error', (error) => {
      failure ??= error;
      end();
    });
    await new Promise<void>((resolve) => client.once('close', () => resolve()));
    signal.removeEventListener('abort', end);
    return failure ? explainTrouble(failure, this.#tls.words) : 'the broker closed the connection';
  }

  #subscribe(client: MqttClient): void {
    client.subscribe(FILTERS, { qos: 1 }, (error) => {
      this.#isLost = false;
      if (!error) return this.#events.subscribed();
      this.#events.trouble(`the broker does not let us read ${FILTERS.join(' and ')}: ${error.message}`);
    });
  }

  /** Says so once, and not at every new try. */
  #lost(reason: string): void {
    if (!this.#isLost) this.#events.trouble(`not connected, trying again: ${reason}`);
    this.#isLost = true;
  }

  #receive(topic: string, bytes: Uint8Array): void {
    try {
      if (parseStatusTopic(topic)) {
        this.#events.status?.(receiveStatus(topic, bytes));
      } else {
        const received = receiveReport(topic, bytes);
        if (!this.#repeats.isRepeat(received)) this.#events.report(received);
      }
    } catch (error) {
      if (!(error instanceof LintelError)) throw error;
      // Anybody may have made up the topic, and this goes to a terminal.
      this.#events.trouble(`${topic.replace(/[^ -~]/g, '?')}: ${error.message}`);
    }
  }
}
