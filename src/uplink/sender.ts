import type { MqttClient } from 'mqtt';
import { LintelError } from '../lintel-error.ts';
import type { Outgoing } from './profile/profile.ts';
import { publishOptions } from './publish-options.ts';
import { SendWindow } from './send-window.ts';

/** Unacknowledged at a time at most, however much more the broker would take. */
export const IN_FLIGHT = 16;

interface Sending extends PromiseWithResolvers<void> {
  cancelDeadline: () => void;
}

/** The messages of one connection that the broker has not taken over yet. */
export class Sender {
  readonly #client: MqttClient;
  readonly #protocolVersion: 4 | 5;
  readonly #deadline: () => () => void;
  readonly #unacknowledged = new Set<Sending>();
  #window = new SendWindow(IN_FLIGHT);

  /** @param deadline begins the time that the broker has for a message, and returns what ends it */
  constructor(client: MqttClient, protocolVersion: 4 | 5, deadline: () => () => void) {
    this.#client = client;
    this.#protocolVersion = protocolVersion;
    this.#deadline = deadline;
  }

  /** Before the first message: how many the broker takes at a time. */
  allow(receiveMaximum: number | undefined): void {
    // It may not say 0 (MQTT 5, 3.2.2.3.3): nothing would ever be sent, and so nothing waited for.
    this.#window = new SendWindow(Math.min(IN_FLIGHT, receiveMaximum || IN_FLIGHT));
  }

  /** @throws LintelError PUBLISH_FAILED */
  publish(message: Outgoing): Promise<void> {
    const sending: Sending = { ...Promise.withResolvers<void>(), cancelDeadline: () => {} };
    this.#unacknowledged.add(sending);
    this.#window.enter(() => this.#send(message, sending));
    return sending.promise;
  }

  /** Resolves when every message so far has been taken over or refused. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#unacknowledged].map(({ promise }) => promise));
  }

  /** The connection is over: nothing is acknowledged any more. */
  giveUp(error: LintelError): void {
    for (const { reject, cancelDeadline } of this.#unacknowledged) {
      cancelDeadline();
      reject(error);
    }
    this.#unacknowledged.clear();
  }

  #send(message: Outgoing, sending: Sending): void {
    if (!this.#client.connected) return;
    sending.cancelDeadline = this.#deadline();
    const options = publishOptions(message, this.#protocolVersion);
    this.#client.publish(message.topic, Buffer.from(message.payload), options, (error) => {
      sending.cancelDeadline();
      this.#unacknowledged.delete(sending);
      if (error) sending.reject(refused(message.topic, error));
      else sending.resolve();
      this.#window.leave();
    });
  }
}

function refused(what: string, error: Error): LintelError {
  return new LintelError('PUBLISH_FAILED', `the broker refused ${what}: ${error.message}`, error);
}
