import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { LintelError } from '../../lintel-error.ts';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** Of the equally strong choices in the OWASP Password Storage Cheat Sheet, the one that takes 32 MiB. */
const COST = { log2: 15, blockSize: 8, parallel: 3 };
const HASH_BYTES = 32;
const MIB = 2 ** 20;
/** Of N times r: 256 MiB. */
const DEAREST = 2 * MIB;
const MOST_PARALLEL = 16;
/** So many may wait: checking takes one of the few threads that check signatures, too. */
const MOST_WAITING = 8;
const SHORTEST = 10;

const NAME = /^[^:\s]{1,64}$/;
const LINE = /^([^:\s]{1,64}):[$]scrypt[$]ln=(\d\d?),r=(\d\d?),p=(\d\d?)[$]([\w+/]{16,128})[$]([\w+/]{43})$/;

/** A line of a password file: the name, and scrypt (RFC 7914) of the password. @throws LintelError PASSWORD_UNFIT */
export async function passwordLine(name: string, password: string, cost = COST): Promise<string> {
  if (!NAME.test(name))
    throw new LintelError('PASSWORD_UNFIT', 'a name has up to 64 signs, no colon and no space');
  if (password.length < SHORTEST)
    throw new LintelError('PASSWORD_UNFIT', `a password has ${SHORTEST} signs or more`);
  const salt = randomBytes(16);
  const hash = await hashOf(password, salt, cost);
  const { log2, blockSize, parallel } = cost;
  return `${name}:$scrypt$ln=${log2},r=${blockSize},p=${parallel}$${text(salt)}$${text(hash)}`;
}

/** Names and passwords, a line each; empty lines and those that begin with # say nothing. Read anew when it changed. */
export class PasswordFile {
  readonly #file: string;
  #lines: ReadonlyMap<string, string> = new Map();
  #readMs = -1;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(file: string) {
    this.#file = file;
  }

  /** @throws LintelError PASSWORD_FILE */
  static async open(file: string): Promise<PasswordFile> {
    const passwords = new PasswordFile(file);
    await passwords.lineOf('');
    return passwords;
  }

  /**
   * One after another.
   * @returns the line that a right password belongs to
   * @throws LintelError PASSWORD_FILE, PASSWORD_BUSY
   */
  async check(name: string, password: string): Promise<string | undefined> {
    if (this.#waiting >= MOST_WAITING) {
      throw new LintelError('PASSWORD_BUSY', 'too many people log in at once: try again in a moment');
    }
    this.#waiting++;
    const checked = this.#last.then(() => this.#checkOne(name, password));
    this.#last = checked.catch(() => {}).finally(() => this.#waiting--);
    return checked;
  }

  async #checkOne(name: string, password: string): Promise<string | undefined> {
    const line = await this.lineOf(name);
    const [, , log2, blockSize, parallel, salt = '', hash = ''] = LINE.exec(line ?? NOBODY) ?? [];
    const cost = { log2: Number(log2), blockSize: Number(blockSize), parallel: Number(parallel) };
    const found = await hashOf(password, Buffer.from(salt, 'base64'), cost);
    // Whoever is not there takes as long as whoever is.
    return timingSafeEqual(found, Buffer.from(hash, 'base64')) && line !== undefined ? line : undefined;
  }

  /** The line of a name as it is by now. @throws LintelError PASSWORD_FILE */
  async lineOf(name: string): Promise<string | undefined> {
    try {
      const { mtimeMs } = await stat(this.#file);
      if (mtimeMs !== this.#readMs) this.#lines = linesIn(await readFile(this.#file, 'utf8'), this.#file);
      this.#readMs = mtimeMs;
    } catch (error) {
      if (error instanceof LintelError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new LintelError('PASSWORD_FILE', `the password file cannot be read: ${reason}`, error);
    }
    return this.#lines.get(name);
  }
}

function linesIn(content: string, file: string): Map<string, string> {
  const lines = new Map<string, string>();
  for (const [at, raw] of content.split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const [, name, log2, blockSize, parallel] = LINE.exec(line) ?? [];
    const isPayable = 2 ** Number(log2) * Number(blockSize) <= DEAREST && Number(parallel) <= MOST_PARALLEL;
    if (name === undefined || !isPayable) {
      throw new LintelError(
        'PASSWORD_FILE',
        `line ${at + 1} of ${file} is no line of a password file: make one with 'lintel monitor password'`,
      );
    }
    lines.set(name, line);
  }
  return lines;
}

function hashOf(password: string, salt: Buffer, { log2, blockSize, parallel }: typeof COST): Promise<Buffer> {
  const N = 2 ** log2;
  // Once for what it mixes, and a little for the rest.
  const maxmem = 128 * N * blockSize + 128 * blockSize * parallel + MIB;
  return derive(password.normalize('NFKC'), salt, HASH_BYTES, { N, r: blockSize, p: parallel, maxmem });
}

function text(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

/** The line of nobody: no password is known to lead to it. */
const NOBODY = `nobody:$scrypt$ln=15,r=8,p=3$${'A'.repeat(22)}$${'A'.repeat(43)}`;
