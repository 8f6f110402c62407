import { LintelError } from '../src/lintel-error.ts';

/**
 * One table of a FlatBuffers file (https://flatbuffers.dev/internals), read in place. Fields are named by their
 * number in the schema; one that is absent gives the schema's default. Nothing in the file is believed: an offset
 * or a length that leads out of it is a LintelError MODEL_SOURCE, and every list has a greatest length.
 */
export class FlatTable {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #position: number;
  readonly #fields: number;
  readonly #fieldsEnd: number;

  /** The root table of a file that carries the four letters `identifier`. */
  static root(bytes: Uint8Array, identifier: string): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.byteLength < 8 || String.fromCharCode(...bytes.subarray(4, 8)) !== identifier) {
      throw malformed(`it is not a ${identifier} file`);
    }
    return new FlatTable(bytes, view, view.getUint32(0, true));
  }

  private constructor(bytes: Uint8Array, view: DataView, position: number) {
    this.#bytes = bytes;
    this.#view = view;
    this.#position = position;
    this.#need(position, 4);
    this.#fields = position - view.getInt32(position, true);
    this.#need(this.#fields, 4);
    const size = view.getUint16(this.#fields, true);
    this.#need(this.#fields, size);
    this.#fieldsEnd = this.#fields + size;
  }

  int8(field: number, otherwise = 0): number {
    const at = this.#field(field, 1);
    return at === undefined ? otherwise : this.#view.getInt8(at);
  }

  int32(field: number, otherwise = 0): number {
    const at = this.#field(field, 4);
    return at === undefined ? otherwise : this.#view.getInt32(at, true);
  }

  /** A list of at most `most` numbers. */
  int32s(field: number, most: number): number[] {
    const { start, length } = this.#list(field, 4, most);
    return Array.from({ length }, (_, index) => this.#view.getInt32(start + 4 * index, true));
  }

  /** A list of bytes; it looks into the file, nothing is copied. Undefined when absent. */
  bytes(field: number): Uint8Array | undefined {
    if (this.#field(field, 4) === undefined) return undefined;
    const { start, length } = this.#list(field, 1, this.#bytes.byteLength);
    return this.#bytes.subarray(start, start + length);
  }

  table(field: number): FlatTable | undefined {
    const at = this.#field(field, 4);
    return at === undefined ? undefined : this.#follow(at);
  }

  /** A list of at most `most` tables. */
  tables(field: number, most: number): FlatTable[] {
    const { start, length } = this.#list(field, 4, most);
    return Array.from({ length }, (_, index) => this.#follow(start + 4 * index));
  }

  #follow(at: number): FlatTable {
    return new FlatTable(this.#bytes, this.#view, at + this.#view.getUint32(at, true));
  }

  #list(field: number, width: number, most: number): { start: number; length: number } {
    const at = this.#field(field, 4);
    if (at === undefined) return { start: 0, length: 0 };
    const start = at + this.#view.getUint32(at, true);
    this.#need(start, 4);
    const length = this.#view.getUint32(start, true);
    if (length > most) throw malformed(`a list of ${length} entries where at most ${most} are expected`);
    this.#need(start + 4, length * width);
    return { start: start + 4, length };
  }

  /** Where the field lies in the file, or undefined when it is absent. */
  #field(field: number, width: number): number | undefined {
    const entry = this.#fields + 4 + 2 * field;
    if (entry + 2 > this.#fieldsEnd) return undefined;
    const offset = this.#view.getUint16(entry, true);
    if (offset === 0) return undefined;
    this.#need(this.#position + offset, width);
    return this.#position + offset;
  }

  #need(start: number, length: number): void {
    if (start < 0 || start + length > this.#bytes.byteLength) throw malformed('it is cut short or damaged');
  }
}

export function malformed(what: string, cause?: unknown): LintelError {
  return new LintelError('MODEL_SOURCE', `the model's source file cannot be read: ${what}`, cause);
}
