import { connect, type MqttClient } from 'mqtt';
import { LintelError } from '../lintel-error.ts';
import type { BrokerAddress } from '../wire/broker-url.ts';
import { REPORT_TOPIC_FILTER } from '../wire/report-topic.ts';
import { parseStatusTopic, STATUS_TOPIC_FILTER } from '../wire/status-topic.ts';
import { type ReceivedReport, receiveReport } from './received-report.ts';
import { type ReceivedStatus, receiveStatus } from './received-status.ts';
import { RepeatFilter } from './repeat-filter.ts';

/** A door's status names the key of its reports, so it is asked for first. */
const FILTERS = [STATUS_TOPIC_FILTER, REPORT_TOPIC_FILTER];

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
  readonly #client: MqttClient;
  readonly #events: SubscriberEvents;
  readonly #repeats = new RepeatFilter();
  #reason = 'the broker closed the connection';
  #isLost = false;

  constructor(broker: BrokerAddress, events: SubscriberEvents) {
    this.#events = events;
    // MQTT 3.1.1 is understood by every broker, and has all that a receiver needs.
    this.#client = connect({
      ...broker,
      protocolVersion: 4,
      resubscribe: false,
      reconnectOnConnackError: true,
    });
    this.#client.on('connect', () => this.#subscribe());
    this.#client.on('message', (topic, bytes) => this.#receive(topic, bytes));
    this.#client.on('error', (error) => {
      this.#reason = error.message || String('code' in error ? error.code : error);
    });
    this.#client.on('close', () => this.#lost());
  }

  async close(): Promise<void> {
    this.#isLost = true;
    await this.#client.endAsync(true);
  }

  #subscribe(): void {
    this.#client.subscribe(FILTERS, { qos: 1 }, (error) => {
      this.#isLost = false;
      if (!error) return this.#events.subscribed();
      this.#events.trouble(`the broker does not let us read ${FILTERS.join(' and ')}: ${error.message}`);
    });
  }

  /** Says so once, and not at every new try. */
  #lost(): void {
    if (!this.#isLost) this.#events.trouble(`not connected, trying again: ${this.#reason}`);
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
