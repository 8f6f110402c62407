import { createHash } from 'node:crypto';

const PART = /^([1-9]\d?)[/]([1-9]\d?)$/;

/** One of several parts of all sites. Whose part a site is, a hash of its name says: every site is in one part and in no other. */
export class SitePart {
  readonly #index: number;
  readonly #count: number;

  /** @param text such as '1/3', the first of three. @returns undefined when it is no part */
  static parse(text: string): SitePart | undefined {
    const [, number, count] = PART.exec(text) ?? [];
    const isPart = number !== undefined && Number(number) <= Number(count);
    return isPart ? new SitePart(Number(number) - 1, Number(count)) : undefined;
  }

  private constructor(index: number, count: number) {
    this.#index = index;
    this.#count = count;
  }

  /** @param topic of a report or a status */
  has(topic: string): boolean {
    const [, , site = ''] = topic.split('/');
    const hash = createHash('sha256').update(site).digest().readUInt32BE();
    return hash % this.#count === this.#index;
  }
}
