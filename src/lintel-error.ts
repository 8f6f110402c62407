/**
 * The base of every error this project throws on purpose. `code` is stable and may be tested for; `message`
 * is one line and says what to do; `cause` holds what was caught, if anything was.
 */
export class LintelError extends Error {
  readonly code: string;

  constructor(code: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
  }
}
