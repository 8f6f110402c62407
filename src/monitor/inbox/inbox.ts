import { NodesInTurn } from '../../broker/nodes-in-turn.ts';
import { type ReconnectTimes, reconnectDelayMs } from '../../broker/reconnect-delay.ts';
import { LintelError } from '../../lintel-error.ts';
import type { BrokerAddress } from '../../wire/broker-url.ts';
import { pause } from '../pause.ts';
import { InboxLink } from './inbox-link.ts';
import type { InboxOptions } from './inbox-options.ts';

/** There are few monitors, and what they miss the broker has to hold. */
const TIMES: ReconnectTimes = { firstMs: 1_000, longestMs: 30_000 };

export interface InboxEvents {
  /** Messages come from now on. @param hadSession whether the broker had kept for us what came meanwhile */
  readonly connected: (protocolVersion: 4 | 5, hadSession: boolean) => void;
  /** There is no connection, or no longer; it is tried again. */
  readonly lost: (reason: string) => void;
}

/** Takes what the broker has for us, and comes back to it for as long as the program runs. */
export class Inbox {
  readonly #options: InboxOptions;
  readonly #events: InboxEvents;
  readonly #times: ReconnectTimes;
  readonly #nodes: NodesInTurn<BrokerAddress>;
  #link: InboxLink | undefined;
  /** By the clock that nobody sets. */
  #sinceMs: number | undefined;

  constructor(options: InboxOptions, events: InboxEvents, times = TIMES) {
    this.#options = options;
    this.#events = events;
    this.#times = times;
    this.#nodes = new NodesInTurn([options.broker, ...(options.otherNodes ?? [])], Math.random());
  }

  /** The node that messages come from, or are next expected from. */
  get node(): BrokerAddress {
    return this.#nodes.current;
  }

  /** Since when messages come without a break, in Unix seconds as the clock has them now; undefined while they do not. */
  get listeningSinceSeconds(): number | undefined {
    if (this.#sinceMs === undefined) return undefined;
    const { clock } = this.#options;
    return Math.floor((clock.wallMs() - (clock.monotonicMs() - this.#sinceMs)) / 1_000);
  }

  /** Retained, QoS 1. @throws LintelError PUBLISH_FAILED */
  async publish(topic: string, payload: string): Promise<void> {
    if (!this.#link) throw new LintelError('PUBLISH_FAILED', 'there is no connection to the broker');
    await this.#link.publish(topic, payload);
  }

  /** Runs until `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const ending = aborted(signal);
    for (let failures = 1; !signal.aborted; failures++) {
      try {
        const link = await InboxLink.open({ ...this.#options, broker: this.node }, signal);
        this.#link = link;
        this.#sinceMs = clock.monotonicMs();
        this.#events.connected(link.protocolVersion, link.hadSession);
        failures = 0;
        await Promise.race([link.ended, ending]);
        await link.close();
        if (!signal.aborted) this.#events.lost(link.reason);
      } catch (error) {
        if (!(error instanceof LintelError)) throw error;
        if (!signal.aborted) this.#events.lost(error.message);
      } finally {
        this.#link = undefined;
        this.#sinceMs = undefined;
      }
      this.#nodes.turn();
      const delayMs = reconnectDelayMs(Math.max(1, failures), Math.random(), this.#times);
      await pause(clock, delayMs, signal);
    }
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
