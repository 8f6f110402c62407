interface Message {
  /** Undefined for one that wants no acknowledgement (QoS 0). */
  readonly id: number | undefined;
  isKept: boolean;
}

/**
 * Gives acknowledgements in the order in which the messages came (MQTT 5, section 4.6), whatever order they were kept in: all
 * that become due in one go of the event loop, together.
 */
export class AckOrder {
  readonly #waiting: Message[] = [];
  readonly #send: (ids: readonly number[]) => void;
  #isSending = false;

  constructor(send: (ids: readonly number[]) => void) {
    this.#send = send;
  }

  /** How many came, and they or one before them are not kept. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** @returns what to call when the message is kept */
  came(id: number | undefined): () => void {
    const message: Message = { id, isKept: false };
    this.#waiting.push(message);
    return () => {
      message.isKept = true;
      if (this.#waiting[0] !== message || this.#isSending) return;
      this.#isSending = true;
      // Each message of a batch is told of by a promise of its own: this runs when those have all been.
      process.nextTick(() => this.sendDue());
    };
  }

  /** Now, and not a moment later. */
  sendDue(): void {
    this.#isSending = false;
    const open = this.#waiting.findIndex(({ isKept }) => !isKept);
    const due = this.#waiting.splice(0, open === -1 ? this.#waiting.length : open);
    if (due.length > 0) this.#send(due.flatMap(({ id }) => id ?? []));
  }
}
