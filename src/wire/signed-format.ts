import { LintelError } from '../lintel-error.ts';
import { Fields } from './fields.ts';
import type { DeviceAddress } from './report-topic.ts';
import { type SignedKind, type Signer, withoutSignature, withSignature } from './signature.ts';

export const SCHEMA_VERSION = 1;

interface SignedFormatOptions<Content, Message extends SignedFields> {
  readonly kind: SignedKind;
  readonly byteLength: number;
  /** Every field but the signature. */
  readonly encode: (content: Content, publicKey: Uint8Array) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => Message;
  readonly read: (fields: Fields<Message>) => Content;
  /** @returns what is out of its range, in one line, or undefined */
  readonly findFault: (content: Content) => string | undefined;
}

interface SignedFields {
  readonly schemaVersion?: number | null;
  readonly publicKey?: Uint8Array | null;
}

/**
 * One kind of message, in the only form in which it is written and taken: every field once, in order, nothing else,
 * all values in range, always of one size. So there is no room in it for anything that the schema does not name
 * (promise P6).
 */
export class SignedFormat<Content, Message extends SignedFields> {
  readonly #options: SignedFormatOptions<Content, Message>;
  readonly #name: string;

  constructor(options: SignedFormatOptions<Content, Message>) {
    this.#options = options;
    this.#name = options.kind.toLowerCase();
  }

  /** @throws LintelError REPORT_INVALID, STATUS_INVALID when a value is out of its range; nothing is cut to fit */
  encode(content: Content, address: DeviceAddress, signer: Signer): Uint8Array {
    const { kind, encode, findFault } = this.#options;
    const fault = findFault(content);
    if (fault !== undefined) throw this.#error('INVALID', `this ${this.#name} cannot be sent: ${fault}`);
    return withSignature(kind, address, encode(content, signer.publicKey), signer);
  }

  /**
   * Does not look at whether the signature is good: `signerOf` does.
   * @throws LintelError REPORT_MALFORMED, STATUS_MALFORMED
   */
  decode(bytes: Uint8Array): Content {
    const { byteLength, encode, read, findFault } = this.#options;
    if (bytes.length !== byteLength) {
      throw this.#malformed(`it has ${bytes.length} bytes, not ${byteLength}`);
    }
    const fields = new Fields(this.#decodeMessage(bytes), (reason) => this.#malformed(reason));
    const version = fields.number('schemaVersion');
    if (version !== SCHEMA_VERSION) {
      throw this.#malformed(`its schema version is ${version}, not ${SCHEMA_VERSION}`);
    }
    const content = read(fields);
    const fault = findFault(content);
    if (fault !== undefined) throw this.#malformed(fault);
    const body = withoutSignature(bytes);
    if (!body || Buffer.compare(encode(content, fields.bytes('publicKey')), body) !== 0) {
      throw this.#malformed(`it holds more than the fields of a ${this.#name}`);
    }
    return content;
  }

  #decodeMessage(bytes: Uint8Array): Message {
    try {
      return this.#options.decode(bytes);
    } catch (error) {
      throw this.#malformed('it is not protobuf', error);
    }
  }

  #malformed(reason: string, cause?: unknown): LintelError {
    return this.#error('MALFORMED', `this is not a ${this.#name}: ${reason}`, cause);
  }

  #error(code: string, message: string, cause?: unknown): LintelError {
    return new LintelError(`${this.#options.kind.toUpperCase()}_${code}`, message, cause);
  }
}
