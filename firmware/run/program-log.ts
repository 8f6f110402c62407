const WARN = 40;

/** Tells a person of a program's trouble: each kind once in a row, and then the first good news. */
export class ProgramLog {
  readonly #name: string;
  readonly #view: { note(text: string): void };
  #trouble = '';

  constructor(name: string, view: { note(text: string): void }) {
    this.#name = name;
    this.#view = view;
  }

  /** Takes one line of the log. */
  line({ level, msg, reason }: Record<string, unknown>): void {
    const isTrouble = typeof level === 'number' && level >= WARN;
    const text = `${this.#name}: ${msg}${reason === undefined ? '' : `: ${reason}`}`;
    if (isTrouble ? text !== this.#trouble : this.#trouble !== '') this.#view.note(text);
    this.#trouble = isTrouble ? text : '';
  }
}
