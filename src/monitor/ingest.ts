import { LintelError } from '../lintel-error.ts';
import type { Clock } from '../time/clock.ts';
import type { DeviceAddress } from '../wire/report-topic.ts';
import { parseReportTopic } from '../wire/report-topic.ts';
import { isSignature, type SignatureCheck, type SignatureClaim } from '../wire/signature.ts';
import { parseStatusTopic } from '../wire/status-topic.ts';
import { type Claim, type ClaimKind, claimsOf } from './alarms/claims.ts';
import { type ReceivedReport, receiveReportAsync } from './received-report.ts';
import { receiveStatusAsync } from './received-status.ts';
import type { HeardStatus, ReportStore } from './store/report-store.ts';

/** So many messages go into the store at once, at most. */
const BATCH = 1_000;

interface Waiting<Received> {
  readonly received: Received;
  readonly kept: () => void;
  readonly lost: (error: unknown) => void;
}

export interface IngestEvents {
  /** These are in the store now. */
  readonly kept: (reports: readonly ReceivedReport[], statuses: readonly HeardStatus[]) => void;
  /** A message was none that a camera sends, and was thrown away. */
  readonly refused: (topic: string, error: LintelError) => void;
}

/**
 * From a message of the broker to the store. Signatures of many messages are checked side by side, and those that were found good
 * meanwhile are kept together: when they are as many as are still being checked, so that commits are large where much comes, and
 * nobody waits where little does.
 */
export class Ingest {
  readonly #store: ReportStore;
  readonly #clock: Clock;
  readonly #events: IngestEvents;
  readonly #check: SignatureCheck;
  readonly #reports: Waiting<ReceivedReport>[] = [];
  readonly #statuses: Waiting<HeardStatus>[] = [];
  #statusesBefore = Promise.resolve();
  #checking = 0;
  #isKeeping = false;

  constructor(store: ReportStore, clock: Clock, events: IngestEvents, check: SignatureCheck = checkHere) {
    this.#store = store;
    this.#clock = clock;
    this.#events = events;
    this.#check = check;
  }

  /**
   * Resolves when the message is in the store, or was refused: from then on it need not be sent again.
   * @param isOld the broker had kept it: it does not tell that its camera is there now
   * @throws the store's error or the check's, when nothing is known to be kept
   */
  async take(topic: string, bytes: Uint8Array, isOld = false): Promise<void> {
    try {
      if (parseStatusTopic(topic)) {
        const received = await this.#checked(this.#inOrder(receiveStatusAsync(topic, bytes, this.#check)));
        const nowSeconds = this.#nowSeconds;
        const heardSeconds = isOld ? Math.min(nowSeconds, received.status.timeSeconds) : nowSeconds;
        await this.#enter(this.#statuses, { ...received, heardSeconds });
      } else {
        const received = await this.#checked(receiveReportAsync(topic, bytes, this.#check));
        await this.#enter(this.#reports, received);
      }
    } catch (error) {
      const kind = error instanceof LintelError ? REFUSALS.get(error.code) : undefined;
      if (!(error instanceof LintelError) || !kind) throw error;
      const from = parseStatusTopic(topic) ?? parseReportTopic(topic);
      if (from) await this.#store.alarms.addClaims([claim(from, kind, undefined)], this.#nowSeconds);
      this.#events.refused(topic, error);
    }
  }

  get #nowSeconds(): number {
    return Math.floor(this.#clock.wallMs() / 1_000);
  }

  /** After those that came before: the last status of a door is its state, however long each took to check. */
  async #inOrder<Received>(checking: Promise<Received>): Promise<Received> {
    const before = this.#statusesBefore;
    const settled = checking.then(ignore, ignore);
    this.#statusesBefore = before.then(() => settled);
    await before;
    return checking;
  }

  async #checked<Received>(checking: Promise<Received>): Promise<Received> {
    this.#checking++;
    try {
      return await checking;
    } finally {
      this.#checking--;
      void this.#keep();
    }
  }

  #enter<Received>(queue: Waiting<Received>[], received: Received): Promise<void> {
    return new Promise<void>((kept, lost) => {
      queue.push({ received, kept, lost });
      void this.#keep();
    });
  }

  get #isDue(): boolean {
    const good = this.#reports.length + this.#statuses.length;
    return good > 0 && good >= this.#checking;
  }

  async #keep(): Promise<void> {
    if (this.#isKeeping || !this.#isDue) return;
    this.#isKeeping = true;
    // Whatever else is found good in this turn goes along.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#isDue) {
      const reports = this.#reports.splice(0, BATCH);
      const statuses = this.#statuses.splice(0, BATCH);
      const all = [...reports, ...statuses];
      try {
        await this.#write(
          reports.map(({ received }) => received),
          statuses.map(({ received }) => received),
        );
        for (const { kept } of all) kept();
      } catch (error) {
        for (const { lost } of all) lost(error);
      }
    }
    this.#isKeeping = false;
  }

  async #write(reports: readonly ReceivedReport[], statuses: readonly HeardStatus[]): Promise<void> {
    const nowSeconds = this.#nowSeconds;
    if (statuses.length > 0) {
      const { contradicting } = await this.#store.addStatuses(statuses);
      const claims = contradicting.map((heard) => claim(heard, 'evidence', heard.signedBy));
      if (claims.length > 0) await this.#store.alarms.addClaims(claims, nowSeconds);
    }
    if (reports.length > 0) {
      const { contradicting } = await this.#store.addReports(reports, nowSeconds);
      // If these are not kept, the reports come again, and are found to be claims again.
      const claims = [
        ...contradicting.map((received) => claim(received, 'contradiction', received.signedBy)),
        ...reports.flatMap((received) =>
          claimsOf(received.report).map((kind) => claim(received, kind, received.signedBy)),
        ),
      ];
      if (claims.length > 0) await this.#store.alarms.addClaims(claims, nowSeconds);
    }
    this.#events.kept(reports, statuses);
  }
}

function ignore(): void {}

async function checkHere({ signature, text, publicKey }: SignatureClaim): Promise<boolean> {
  return isSignature(signature, text, publicKey);
}

function claim({ site, device }: DeviceAddress, kind: ClaimKind, signedBy: string | undefined): Claim {
  return { site, device, kind, signedBy };
}

const REFUSALS: ReadonlyMap<string, ClaimKind> = new Map([
  ['REPORT_MALFORMED', 'malformed'],
  ['STATUS_MALFORMED', 'malformed'],
  ['SIGNATURE_BAD', 'forged'],
]);
