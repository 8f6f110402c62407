/**
 * Starts no more at a time than the broker has room for (its Receive Maximum, MQTT 5 section 3.3.4), in the order in
 * which they came. The `mqtt` library does not see to that.
 */
export class SendWindow {
  readonly #starts: (() => void)[] = [];
  #room: number;

  constructor(room: number) {
    this.#room = room;
  }

  /** Calls `start` now, or when others have left. Whoever was started leaves once. */
  enter(start: () => void): void {
    this.#starts.push(start);
    this.#startNext();
  }

  leave(): void {
    this.#room += 1;
    this.#startNext();
  }

  #startNext(): void {
    for (; this.#room > 0 && this.#starts.length > 0; ) {
      this.#room -= 1;
      this.#starts.shift()!();
    }
  }
}
