import { LintelError } from '../../lintel-error.ts';
import type { Clock } from '../../time/clock.ts';
import type { Report } from '../../wire/report.ts';
import { decodeReport } from '../../wire/report-codec.ts';
import { checkAddress, type DeviceAddress } from '../../wire/report-topic.ts';
import { decodeStatus } from '../../wire/status-codec.ts';
import { asksForRebirth, REBIRTH } from '../sparkplug/command.ts';
import {
  METRIC_SETS,
  type MetricSet,
  reportMetrics,
  statusMetrics,
  unknownMetrics,
} from '../sparkplug/doorway-metrics.ts';
import { edgeTopic, type MessageType } from '../sparkplug/edge-topics.ts';
import type { Metric } from '../sparkplug/metric.ts';
import { encodePadded, encodePayload, type SparkplugMessage } from '../sparkplug/payload.ts';
import { NativeProfile } from './native.ts';
import type { Outgoing, Profile } from './profile.ts';
import { isPast, windowEndMs } from './window-age.ts';

type CurrentValues = Map<MetricSet, readonly Metric[]>;

/** A sequence number follows 255 with 0. */
const SEQUENCE_NUMBERS = 256;
const DATA_BYTES = 1024;
const DEVICE_BIRTH_BYTES = 2560;

/**
 * The camera as an edge node of the Eclipse Sparkplug Specification 3.0.0, payload B, over all its connections: it
 * counts them (bdSeq), and knows the current values, which every birth certificate has to hold.
 */
export class SparkplugNode {
  readonly #address: DeviceAddress;
  readonly #clock: Clock;
  readonly #current: CurrentValues = new Map();
  #connections = 0;

  /** @throws LintelError ADDRESS_INVALID */
  constructor(address: DeviceAddress, clock: Clock) {
    this.#address = checkAddress(address);
    this.#clock = clock;
  }

  /** The profile of the next connection: each try to connect takes one of its own. */
  profile(): Profile {
    const bdSeq = this.#connections++ % SEQUENCE_NUMBERS;
    return new SparkplugProfile(this.#address, this.#clock, this.#current, bdSeq);
  }
}

/** One session: from the CONNECT, with the death certificate as its will, to the end of the connection. */
class SparkplugProfile implements Profile {
  readonly listensTo: readonly string[];
  readonly endsWithWill = true;
  readonly #address: DeviceAddress;
  readonly #clock: Clock;
  readonly #current: CurrentValues;
  readonly #bdSeq: number;
  readonly #native: NativeProfile;
  #sequence = 0;

  constructor(address: DeviceAddress, clock: Clock, current: CurrentValues, bdSeq: number) {
    this.#address = address;
    this.#clock = clock;
    this.#current = current;
    this.#bdSeq = bdSeq;
    this.#native = new NativeProfile(address);
    this.listensTo = [edgeTopic(address, 'NCMD')];
  }

  will(): Outgoing {
    const death = { timestampMs: this.#clock.wallMs(), metrics: [this.#bdSeqMetric()], withTypes: true };
    return { ...this.#outgoing('NDEATH', encodePayload(death)), qos: 1 };
  }

  birth(): readonly Outgoing[] {
    this.#sequence = 0;
    const nowMs = this.#clock.wallMs();
    const rebirth: Metric = { name: REBIRTH, type: 'Boolean', value: false, timestampMs: nowMs };
    const node = this.#message([this.#bdSeqMetric(), rebirth], true);
    const doorway = this.#message(
      METRIC_SETS.flatMap((set) => this.#current.get(set) ?? unknownMetrics(set, nowMs)),
      true,
    );
    return [
      this.#outgoing('NBIRTH', encodePayload(node)),
      this.#outgoing('DBIRTH', encodePadded(doorway, DEVICE_BIRTH_BYTES)),
    ];
  }

  /**
   * The standard has data sent without acknowledgement (QoS 0). The native report goes behind it on the same
   * connection: a broker that acknowledges that one has taken this one before it, and no report is lost (promise P8).
   * @throws LintelError REPORT_MALFORMED
   */
  report(bytes: Uint8Array): readonly Outgoing[] {
    const report = decodeReport(bytes);
    const isHistorical = this.#isHistorical(report);
    const metrics = reportMetrics(report, bytes, isHistorical);
    if (!isHistorical) this.#current.set(report.level, metrics);
    return [this.#data(metrics), ...this.#native.report(bytes)];
  }

  /** @throws LintelError STATUS_MALFORMED */
  status(bytes: Uint8Array): readonly Outgoing[] {
    const metrics = statusMetrics(decodeStatus(bytes), bytes);
    this.#current.set('status', metrics);
    return [this.#data(metrics)];
  }

  heard(topic: string, payload: Uint8Array): readonly Outgoing[] {
    return this.listensTo.includes(topic) && isRebirth(payload) ? this.birth() : [];
  }

  death(): readonly Outgoing[] {
    const ending = encodePayload(this.#message([], false));
    return [this.#outgoing('DDEATH', ending), this.will()];
  }

  /** Whether a later window is over, or known. */
  #isHistorical(report: Report): boolean {
    const latestMs = this.#current.get(report.level)?.[0]?.timestampMs ?? 0;
    return windowEndMs(report) < latestMs || isPast(report, this.#clock.wallMs());
  }

  #data(metrics: readonly Metric[]): Outgoing {
    return this.#outgoing('DDATA', encodePadded(this.#message(metrics, false), DATA_BYTES));
  }

  #message(metrics: readonly Metric[], withTypes: boolean): SparkplugMessage {
    const sequence = this.#sequence;
    this.#sequence = (sequence + 1) % SEQUENCE_NUMBERS;
    return { timestampMs: this.#clock.wallMs(), sequence, metrics, withTypes };
  }

  #bdSeqMetric(): Metric {
    return { name: 'bdSeq', type: 'Int64', value: this.#bdSeq, timestampMs: this.#clock.wallMs() };
  }

  #outgoing(type: MessageType, payload: Uint8Array): Outgoing {
    return { topic: edgeTopic(this.#address, type), payload, qos: 0, retain: false };
  }
}

/** A command that cannot be read is not obeyed, and no answer is owed to it. */
function isRebirth(payload: Uint8Array): boolean {
  try {
    return asksForRebirth(payload);
  } catch (error) {
    if (error instanceof LintelError) return false;
    throw error;
  }
}
