import { attempt } from './attempt.ts';
import type { BrokerLink } from './broker-link.ts';
import type { Profile } from './profile/profile.ts';
import type { UplinkLog } from './uplink-log.ts';

/** The two statuses that `vision` keeps in the spool: how the device is, and what is to be said when it is gone. */
export interface StatusSource {
  /** @returns undefined when there is none. @throws LintelError SPOOL_OVERSIZED, SPOOL_IO */
  read(kind: 'current' | 'lost'): Promise<Uint8Array | undefined>;
}

/** Says over one connection how the device is: once it is open, and whenever that changes. */
export class StatusNotice {
  readonly #source: StatusSource;
  readonly #log: UplinkLog;
  #said = Buffer.alloc(0);

  constructor(source: StatusSource, log: UplinkLog) {
    this.#source = source;
    this.#log = log;
  }

  /** What the broker refuses is not said again before it changes. */
  async sendChange(link: BrokerLink, profile: Profile): Promise<void> {
    await attempt(this.#log, 'the status was not delivered', {}, async () => {
      const bytes = await this.#source.read('current');
      if (!bytes || this.#said.equals(bytes)) return;
      this.#said = Buffer.from(bytes);
      await Promise.all(profile.status(bytes).map((message) => link.publish(message)));
    });
  }
}
