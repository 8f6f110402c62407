import type { FastifyRequest } from 'fastify';
import type { Clock } from '../../time/clock.ts';
import { type Access, proxyTest } from './access.ts';
import { PasswordFile } from './password-file.ts';
import { Sessions } from './sessions.ts';

const LONGEST_NAME = 200;

/** Tells who a request comes from, and lets people in and out. */
export class Admission {
  readonly #access: Access;
  readonly #isProxy: (address: string | undefined) => boolean;
  readonly #passwords: PasswordFile | undefined;
  readonly #sessions: Sessions;

  private constructor(
    access: Access,
    proxies: readonly string[],
    passwords: PasswordFile | undefined,
    clock: Clock,
  ) {
    this.#access = access;
    this.#isProxy = proxyTest(proxies);
    this.#passwords = passwords;
    this.#sessions = new Sessions(clock);
  }

  /** @throws LintelError PASSWORD_FILE, WEB_PROXY */
  static async open(access: Access, proxies: readonly string[], clock: Clock): Promise<Admission> {
    const passwords = access.by === 'password' ? await PasswordFile.open(access.file) : undefined;
    return new Admission(access, proxies, passwords, clock);
  }

  get takesPasswords(): boolean {
    return this.#passwords !== undefined;
  }

  /** @returns the name of whoever may look, or undefined for one who may not. @throws LintelError PASSWORD_FILE */
  async userOf(request: FastifyRequest): Promise<string | undefined> {
    switch (this.#access.by) {
      case 'loopback':
        return 'someone on this machine';
      case 'proxy': {
        const name = request.headers[this.#access.header.toLowerCase()];
        const isNamed = typeof name === 'string' && name.trim() !== '' && name.length <= LONGEST_NAME;
        return isNamed && this.#isProxy(request.socket.remoteAddress) ? name.trim() : undefined;
      }
      case 'password': {
        const session = this.#sessions.find(tokenIn(request) ?? '');
        // A line that was changed or taken out ends what began with it.
        const isCurrent = session && (await this.#passwords!.lineOf(session.user)) === session.line;
        return isCurrent ? session.user : undefined;
      }
    }
  }

  /** @returns the cookie of a new session, or undefined when the password is not right. @throws LintelError PASSWORD_FILE */
  async enter(request: FastifyRequest, user: string, password: string): Promise<string | undefined> {
    const line = await this.#passwords?.check(user, password);
    return line === undefined ? undefined : cookie(request, this.#sessions.open({ user, line }));
  }

  /** @returns the cookie that takes the session's place */
  leave(request: FastifyRequest): string {
    this.#sessions.close(tokenIn(request) ?? '');
    return `${cookie(request, '')}; Max-Age=0`;
  }
}

/** A name that begins so is taken by browsers over TLS alone, and from this very host (RFC 6265bis). */
function cookieName(request: FastifyRequest): string {
  return request.protocol === 'https' ? '__Host-lintel' : 'lintel';
}

function cookie(request: FastifyRequest, token: string): string {
  const secure = request.protocol === 'https' ? '; Secure' : '';
  return `${cookieName(request)}=${token}; Path=/; HttpOnly; SameSite=Strict${secure}`;
}

function tokenIn(request: FastifyRequest): string | undefined {
  const begin = `${cookieName(request)}=`;
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(begin))?.slice(begin.length);
}
