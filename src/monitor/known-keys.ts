import type { DeviceAddress } from '../wire/report-topic.ts';

/**
 * What is known of whoever signed a message: that it is the door's key; that it is another than the door's; or
 * nothing, since no key of that door is known yet.
 */
export type Trust = 'verified' | 'other-key' | 'unknown-key';

/** More than a city has cameras; about two megabytes. */
export const MOST_DOORS = 10_000;

/**
 * The keys by which doors are known, told by their fingerprints. When some are named, they are all there are.
 * Otherwise it is for each door the key of the first status that came from it: whoever could publish in its place
 * from the beginning is then believed, and whoever comes later is not. When so many doors are known as can be, no
 * further one is: were an old one forgotten, its next signer would be believed.
 */
export class KnownKeys {
  readonly #named: ReadonlySet<string> | undefined;
  readonly #first = new Map<string, string>();
  readonly #most: number;

  /**
   * @param named fingerprints; none means that a door's first status names its key
   * @param most so many doors can be known
   */
  constructor(named: readonly string[] = [], most = MOST_DOORS) {
    this.#most = most;
    this.#named = named.length > 0 ? new Set(named) : undefined;
  }

  /** Takes in the signer of a status. @returns what was known of it already, or is from now on */
  learn(address: DeviceAddress, signedBy: string): Trust {
    const door = `${address.site}/${address.device}`;
    if (!this.#named && this.#first.size < this.#most && !this.#first.has(door)) {
      this.#first.set(door, signedBy);
    }
    return this.trust(address, signedBy);
  }

  trust({ site, device }: DeviceAddress, signedBy: string): Trust {
    if (this.#named) return this.#named.has(signedBy) ? 'verified' : 'other-key';
    const known = this.#first.get(`${site}/${device}`);
    if (known === undefined) return 'unknown-key';
    return known === signedBy ? 'verified' : 'other-key';
  }
}
