import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LintelError } from '../../../src/lintel-error.ts';
import { pi } from '../../device/gpio-fuse/stand-in.ts';
import type { BootedDebian } from './booted-debian.ts';
import { VISION } from './installed-lintel.ts';

const SIGN_LINE = 17;
/** The program itself, not what starts it. */
const CAMERA = /^(?!setpriv\0).*rpicam-vid/;
const LONGEST_MS = 400_000;
const LOOK_MS = 2;

/** What is seen of the door at one moment. The sensor counts as open until its program is gone. */
export type Sight = 'dark' | 'lit' | 'lit, sensor open' | 'DARK, SENSOR OPEN';

/** Looks at a door from outside, all the time: at the sign's line, and at whether the camera's program runs. */
export class DoorWatch implements AsyncDisposable {
  /** What was seen, each change once. */
  readonly seen: Sight[] = [];
  readonly #sign: string;
  readonly #processes: string;
  readonly #looking: Promise<void>;
  #over = false;
  #changed = Promise.withResolvers<void>();

  constructor(debian: BootedDebian) {
    this.#sign = join(debian.root, `run/gpio-fuse/test/${pi.base + SIGN_LINE}/level`);
    this.#processes = join(debian.cgroup, 'system.slice', VISION, 'cgroup.procs');
    this.#looking = this.#look();
  }

  /** Resolves when the last that was seen is this. @throws LintelError NOT_SEEN */
  async until(...sights: readonly Sight[]): Promise<void> {
    const late = delay(LONGEST_MS, 'late', { ref: false });
    const isThere = () => sights.every((sight, at) => this.seen.at(at - sights.length) === sight);
    while (!isThere()) {
      if ((await Promise.race([this.#changed.promise, late])) === 'late') {
        throw new LintelError('NOT_SEEN', `not seen: ${sights.join(', ')}; but ${this.seen.join(', ')}`);
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over = true;
    await this.#looking;
  }

  async #look(): Promise<void> {
    for (; !this.#over; await delay(LOOK_MS)) {
      // The sensor last: what is open now was open when the sign was looked at.
      const isLit = readFileSync(this.#sign, 'utf8').trim() === '1';
      const isOpen = this.#isSensorOpen();
      const sight = isOpen ? (isLit ? 'lit, sensor open' : 'DARK, SENSOR OPEN') : isLit ? 'lit' : 'dark';
      if (this.seen.at(-1) === sight) continue;
      this.seen.push(sight);
      this.#changed.resolve();
      this.#changed = Promise.withResolvers();
    }
  }

  #isSensorOpen(): boolean {
    return contents(this.#processes)
      .split('\n')
      .some((pid) => pid !== '' && CAMERA.test(contents(`/proc/${pid}/cmdline`)));
  }
}

/** Nothing of what is gone. */
function contents(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
