import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../time/clock.ts';

export interface Session {
  readonly user: string;
  /** The line of the password file by which the user came in. */
  readonly line: string;
}

/** A working day, and a night shift. */
const LIFE_MS = 12 * 3_600_000;
const MOST = 10_000;

/** Who is logged in. They are in memory alone: a restart ends them all. */
export class Sessions {
  readonly #clock: Clock;
  /** By the digest of the token, so that a look into memory, or the time that a search takes, gives none away. */
  readonly #sessions = new Map<string, Session & { readonly endsMs: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @returns the token that the browser keeps */
  open(session: Session): string {
    const token = randomBytes(32).toString('base64url');
    this.#sessions.set(digest(token), { ...session, endsMs: this.#clock.monotonicMs() + LIFE_MS });
    for (const oldest of this.#sessions.keys()) {
      if (this.#sessions.size <= MOST) break;
      this.#sessions.delete(oldest);
    }
    return token;
  }

  find(token: string): Session | undefined {
    const session = this.#sessions.get(digest(token));
    if (session && session.endsMs > this.#clock.monotonicMs()) return session;
    this.#sessions.delete(digest(token));
    return undefined;
  }

  close(token: string): void {
    this.#sessions.delete(digest(token));
  }
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
