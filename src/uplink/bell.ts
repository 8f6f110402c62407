/** Lets one loop sleep until somebody rings. A ring while the loop is awake is not lost; several are one. */
export class Bell {
  #rung = false;
  #wake = (): void => {};

  readonly ring = (): void => {
    this.#rung = true;
    this.#wake();
  };

  async heard(): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#rung = false;
  }
}
