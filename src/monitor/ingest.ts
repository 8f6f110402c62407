import { LintelError } from '../lintel-error.ts';
import type { Clock } from '../time/clock.ts';
import { parseStatusTopic } from '../wire/status-topic.ts';
import { type ReceivedReport, receiveReportAsync } from './received-report.ts';
import { receiveStatus } from './received-status.ts';
import type { ReportStore } from './store/report-store.ts';

/** So many reports go into the store at once, at most. */
const BATCH = 1_000;

interface Waiting {
  readonly received: ReceivedReport;
  readonly kept: () => void;
  readonly lost: (error: unknown) => void;
}

export interface IngestEvents {
  /** These are in the store now. */
  readonly kept: (reports: readonly ReceivedReport[]) => void;
  /** A message was none that a camera sends, and was thrown away. */
  readonly refused: (topic: string, error: LintelError) => void;
}

/**
 * From a message of the broker to the store. Signatures of many reports are checked side by side, and those that were
 * found good meanwhile are kept together.
 */
export class Ingest {
  readonly #store: ReportStore;
  readonly #clock: Clock;
  readonly #events: IngestEvents;
  #waiting: Waiting[] = [];
  #isKeeping = false;

  constructor(store: ReportStore, clock: Clock, events: IngestEvents) {
    this.#store = store;
    this.#clock = clock;
    this.#events = events;
  }

  /**
   * Resolves when the message is in the store, or was refused: from then on it need not be sent again.
   * @throws the store's error, when nothing is known to be kept
   */
  async take(topic: string, bytes: Uint8Array): Promise<void> {
    try {
      if (parseStatusTopic(topic)) {
        await this.#store.addStatus(receiveStatus(topic, bytes), this.#nowSeconds);
        return;
      }
      const received = await receiveReportAsync(topic, bytes);
      await new Promise<void>((kept, lost) => {
        this.#waiting.push({ received, kept, lost });
        void this.#keep();
      });
    } catch (error) {
      if (!(error instanceof LintelError) || !REFUSALS.has(error.code)) throw error;
      this.#events.refused(topic, error);
    }
  }

  get #nowSeconds(): number {
    return Math.floor(this.#clock.wallMs() / 1_000);
  }

  async #keep(): Promise<void> {
    if (this.#isKeeping) return;
    this.#isKeeping = true;
    // Whatever else is found good in this turn goes along.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH);
      const reports = batch.map(({ received }) => received);
      try {
        await this.#store.addReports(reports, this.#nowSeconds);
        for (const { kept } of batch) kept();
        this.#events.kept(reports);
      } catch (error) {
        for (const { lost } of batch) lost(error);
      }
    }
    this.#isKeeping = false;
  }
}

const REFUSALS: ReadonlySet<string> = new Set(['REPORT_MALFORMED', 'STATUS_MALFORMED', 'SIGNATURE_BAD']);
