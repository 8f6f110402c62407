import { LintelError } from '../lintel-error.ts';
import type { Outbox } from '../spool/outbox.ts';
import { type ReportedWindow, spoolName } from '../spool/spool-name.ts';
import { decodeReport } from '../wire/report-codec.ts';
import type { DeviceAddress } from '../wire/report-topic.ts';
import { signerOf } from '../wire/signature.ts';
import { attempt } from './attempt.ts';
import type { BrokerLink } from './broker-link.ts';
import type { Outgoing, Profile } from './profile/profile.ts';
import type { UplinkLog } from './uplink-log.ts';

/** Reports in memory at most. */
const AT_ONCE = 16;

/** Carries reports from the spool to the broker. A file that is no report does not hold up the others. */
export class Delivery {
  readonly #outbox: Outbox;
  readonly #address: DeviceAddress;
  readonly #log: UplinkLog;

  /** @param address under whose topics reports go */
  constructor(outbox: Outbox, address: DeviceAddress, log: UplinkLog) {
    this.#outbox = outbox;
    this.#address = address;
    this.#log = log;
  }

  /**
   * Sends all that waits, oldest first, and removes each report when the broker has taken it over. One that it refuses
   * stays, and does not hold up those behind it; the link is then given up after the last, to try again on a later one.
   * It is given up at once when a file cannot be removed, which would be sent again and again.
   * @returns how many reports were taken over and removed
   */
  async sendAll(link: BrokerLink, profile: Profile): Promise<number> {
    const waiting = (await this.#attempt('the spool cannot be listed', {}, () => this.#outbox.list())) ?? [];
    const sent: boolean[] = [];
    for (let at = 0; at < waiting.length && link.isOpen; at += AT_ONCE) {
      const sending: Promise<boolean>[] = [];
      for (const window of waiting.slice(at, at + AT_ONCE)) {
        const file = spoolName(window);
        const bytes = await this.#attempt('left in the spool', { file }, () => this.#readReport(window));
        if (bytes) sending.push(this.#send(link, profile, window, bytes));
      }
      sent.push(...(await Promise.all(sending)));
    }
    if (sent.includes(false)) void link.hangUp();
    return sent.filter(Boolean).length;
  }

  async #readReport(window: ReportedWindow): Promise<Uint8Array | undefined> {
    try {
      const bytes = await this.#outbox.read(window);
      if (bytes) checkReport(bytes, window, this.#address);
      return bytes;
    } catch (error) {
      if (!(error instanceof LintelError) || error.code === 'SPOOL_IO') throw error;
      await this.#outbox.setAside(window);
      this.#log.warn({ file: spoolName(window), reason: error.message }, 'not a report, set aside as .bad');
      return undefined;
    }
  }

  async #send(
    link: BrokerLink,
    profile: Profile,
    window: ReportedWindow,
    bytes: Uint8Array,
  ): Promise<boolean> {
    const file = spoolName(window);
    const isTaken = await this.#attempt('not delivered', { file }, async () => {
      await Promise.all(profile.report(bytes).map((message) => this.#publish(link, message)));
      return true;
    });
    if (!isTaken) return false;
    const isRemoved = await this.#attempt('delivered, and still in the spool', { file }, async () => {
      await this.#outbox.remove(window);
      this.#log.info({ file }, 'delivered');
      return true;
    });
    if (!isRemoved) void link.hangUp();
    return isRemoved ?? false;
  }

  /** A mirror that is refused is no report lost. */
  async #publish(link: BrokerLink, message: Outgoing): Promise<void> {
    const publishing = () => link.publish(message);
    if (message.isMirror)
      await this.#attempt('a mirror was not delivered', { topic: message.topic }, publishing);
    else await publishing();
  }

  #attempt<Result>(trouble: string, details: object, work: () => Promise<Result>) {
    return attempt(this.#log, trouble, details, work);
  }
}

/** What a receiver would throw away is not to be acknowledged by the broker, and removed. */
function checkReport(bytes: Uint8Array, window: ReportedWindow, address: DeviceAddress): void {
  const { level, windowStartSeconds } = decodeReport(bytes);
  if (level !== window.level || windowStartSeconds !== window.windowStartSeconds)
    throw new LintelError('REPORT_MALFORMED', 'it is about another window than its name says');
  if (signerOf('Report', address, bytes)) return;
  const { site, device } = address;
  throw new LintelError(
    'REPORT_UNSIGNED',
    `it is not signed for ${site}/${device}: it was left from before the door was renamed, or is damaged`,
  );
}
