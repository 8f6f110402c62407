/**
 * The base of every error this project throws on purpose. `code` is stable and may be tested for; `message`
 * is one line and says what to do; `cause` holds what was caught, if anything was.
 */
export class LintelError extends Error {
  readonly code: string;

  constructor(code: string, message: string, cause?: unknown) {
    super(shown(message), cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
  }
}

/** Line ends, control characters, and marks that are not seen, such as those that turn the direction of writing. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** What a message quotes may come from a file or a network: it is not to act on the terminal that shows it. */
function shown(message: string): string {
  return message.replace(UNSEEN, (sign) =>
    /\s/.test(sign) ? ' ' : `\\u{${sign.codePointAt(0)!.toString(16)}}`,
  );
}
