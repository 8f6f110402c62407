import { LintelError } from '../../lintel-error.ts';
import type { Clock } from '../../time/clock.ts';
import { pause } from '../pause.ts';
import { alarmId, alarmJson } from './alarm-json.ts';
import type { Alarm } from './alarm-store.ts';
import type { WebhookSecret } from './webhook-secret.ts';

export interface WebhookOptions {
  readonly url: string;
  readonly secret: WebhookSecret | undefined;
  readonly clock: Clock;
  /** A message was given up, or many were. */
  readonly trouble: (reason: string) => void;
}

const TIMEOUT_MS = 10_000;
const TRIES = 6;
/** Before the second try; twice as long before each further one: a minute in all. */
const FIRST_DELAY_MS = 2_000;
/** When ten thousand doors go silent at once, the receiver hears of so many. */
const MOST_WAITING = 1_000;

/** Tells alarms to a URL by POST, one after another, in their order. What is told twice has the same `webhook-id`. */
export class Webhook {
  readonly #options: WebhookOptions;
  readonly #ending = new AbortController();
  readonly #waiting: Alarm[] = [];
  #running: Promise<void> | undefined;

  constructor(options: WebhookOptions) {
    this.#options = options;
  }

  tell(alarm: Alarm): void {
    if (this.#waiting.length >= MOST_WAITING) {
      this.#options.trouble(
        `more than ${MOST_WAITING} alarms wait for the webhook: ${alarmId(alarm)} is not told`,
      );
      return;
    }
    this.#waiting.push(alarm);
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  /** Gives up what waits. */
  async close(): Promise<void> {
    this.#waiting.length = 0;
    this.#ending.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    for (let alarm = this.#waiting.shift(); alarm; alarm = this.#waiting.shift()) {
      const reason = await this.#deliver(alarm);
      if (reason !== undefined) this.#options.trouble(`${alarmId(alarm)} is not told: ${reason}`);
    }
  }

  /** @returns why it could not be delivered, if it could not */
  async #deliver(alarm: Alarm): Promise<string | undefined> {
    const { clock } = this.#options;
    let reason: string | undefined;
    for (let tried = 0; tried < TRIES; tried++) {
      if (tried > 0) await pause(clock, FIRST_DELAY_MS * 2 ** (tried - 1), this.#ending.signal);
      if (this.#ending.signal.aborted) return 'the monitor is ending';
      try {
        await this.#post(alarm);
        return undefined;
      } catch (error) {
        reason = error instanceof Error ? error.message : String(error);
        if (error instanceof LintelError && error.code === 'WEBHOOK_REFUSED') return reason;
      }
    }
    return reason;
  }

  /** @throws LintelError WEBHOOK_REFUSED, WEBHOOK_FAILED, or the network's error */
  async #post(alarm: Alarm): Promise<void> {
    const { url, secret, clock } = this.#options;
    const [id, body] = [alarmId(alarm), alarmJson(alarm)];
    const seconds = Math.floor(clock.wallMs() / 1_000);
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': `${seconds}`,
        ...(secret && { 'webhook-signature': secret.sign(id, seconds, body) }),
      },
      body,
      redirect: 'error',
      signal: AbortSignal.any([this.#ending.signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.body?.cancel();
    if (response.ok) return;
    // A request that was understood and refused will be refused again; 408 and 429 ask for another try.
    const isFinal = response.status < 500 && ![408, 429].includes(response.status);
    const code = isFinal ? 'WEBHOOK_REFUSED' : 'WEBHOOK_FAILED';
    throw new LintelError(code, `the receiver answers ${response.status} ${response.statusText}`);
  }
}
