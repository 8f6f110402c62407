import type { LintelError } from '../lintel-error.ts';

/** Reads the fields of a message that was decoded; what is missing, or has a value without a name, is refused. */
export class Fields<Message extends object> {
  readonly #message: Message;
  readonly #refuse: (reason: string) => LintelError;
  readonly #prefix: string;

  constructor(message: Message, refuse: (reason: string) => LintelError, prefix = '') {
    this.#message = message;
    this.#refuse = refuse;
    this.#prefix = prefix;
  }

  number(field: keyof Message & string): number {
    const value = this.#message[field];
    if (typeof value !== 'number') throw this.#refuse(`${this.#prefix}${field} is missing`);
    return value;
  }

  bytes(field: keyof Message & string): Uint8Array {
    const value = this.#message[field];
    if (!(value instanceof Uint8Array)) throw this.#refuse(`${this.#prefix}${field} is missing`);
    return new Uint8Array(value);
  }

  /** @param codes what each name is on the wire */
  name<Name extends string>(field: keyof Message & string, codes: Readonly<Record<Name, number>>): Name {
    const value = this.number(field);
    for (const name in codes) if (codes[name] === value) return name;
    throw this.#refuse(`${this.#prefix}${field} is ${value}`);
  }

  inner<Field extends keyof Message & string>(field: Field): Fields<NonNullable<Message[Field]> & object> {
    const inner = this.#message[field] ?? {};
    return new Fields(inner as NonNullable<Message[Field]> & object, this.#refuse, `${field}.`);
  }
}
