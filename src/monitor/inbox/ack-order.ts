interface Message {
  readonly id: number;
  isKept: boolean;
}

/**
 * Gives acknowledgements in the order in which the messages came (MQTT 5, section 4.6), whatever order they were kept in: all
 * that are due at once, together.
 */
export class AckOrder {
  readonly #waiting: Message[] = [];
  readonly #send: (ids: readonly number[]) => void;

  constructor(send: (ids: readonly number[]) => void) {
    this.#send = send;
  }

  /** How many came and are not acknowledged. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** @returns what to call when the message is kept */
  came(id: number): () => void {
    const message: Message = { id, isKept: false };
    this.#waiting.push(message);
    return () => {
      message.isKept = true;
      if (this.#waiting[0] === message) this.#sendDue();
    };
  }

  #sendDue(): void {
    const open = this.#waiting.findIndex(({ isKept }) => !isKept);
    const due = this.#waiting.splice(0, open === -1 ? this.#waiting.length : open);
    this.#send(due.map(({ id }) => id));
  }
}
