import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { ALARM_KINDS } from './alarms/alarm-kinds.ts';
import type { Alarm } from './alarms/alarm-store.ts';
import { TROUBLES } from './door-state.ts';
import type { ReceivedReport } from './received-report.ts';

/** From a millisecond to a minute. */
const KEPT_BUCKETS = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 60];
/** From a second to the month that the broker keeps a report. */
const AGE_BUCKETS = [1, 10, 60, 300, 3_600, 86_400, 30 * 86_400];

/** Figures on the monitor, for Prometheus. None is about one door: how many series there are does not grow with doors. */
export class MonitorMetrics {
  readonly #registry = new Registry();
  readonly #doors = this.#gauge('lintel_doors', 'Doors by what is most urgently wrong there', ['state']);
  readonly #alarms = this.#gauge('lintel_alarms', 'Alarms that last', ['kind']);
  readonly #connected = this.#gauge('lintel_broker_connected', '1 while messages come from the broker', []);
  readonly #stored = this.#counter('lintel_reports_stored_total', 'Reports taken, repeats too', ['level']);
  readonly #refused = this.#counter('lintel_messages_refused_total', 'Messages thrown away', ['reason']);
  readonly #kept = this.#histogram(
    'lintel_ingest_seconds',
    'From the arrival of a message until it was in the store',
    KEPT_BUCKETS,
  );
  readonly #age = this.#histogram(
    'lintel_report_age_seconds',
    'From the end of a window until its report was in the store',
    AGE_BUCKETS,
  );

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
    for (const kind of ALARM_KINDS) this.#alarms.set({ kind }, 0);
  }

  /** What `/metrics` answers, and of which type. */
  async text(): Promise<{ type: string; body: string }> {
    return { type: this.#registry.contentType, body: await this.#registry.metrics() };
  }

  connected(isConnected: boolean): void {
    this.#connected.set(isConnected ? 1 : 0);
  }

  kept(reports: readonly ReceivedReport[], nowSeconds: number): void {
    for (const { report } of reports) {
      this.#stored.inc({ level: report.level });
      this.#age.observe(Math.max(0, nowSeconds - report.windowStartSeconds - report.windowSeconds));
    }
  }

  refused(reason: string): void {
    this.#refused.inc({ reason });
  }

  took(milliseconds: number): void {
    this.#kept.observe(milliseconds / 1_000);
  }

  /** @param states of each door the most urgent trouble, or 'ok' */
  doors(states: Iterable<string>, lasting: readonly Alarm[]): void {
    for (const state of [...TROUBLES, 'ok']) this.#doors.set({ state }, 0);
    for (const state of states) this.#doors.inc({ state });
    for (const kind of ALARM_KINDS) this.#alarms.set({ kind }, 0);
    for (const { kind } of lasting) this.#alarms.inc({ kind });
  }

  #gauge<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Gauge<Label> {
    return new Gauge({ name, help, labelNames, registers: [this.#registry] });
  }

  #counter<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }

  #histogram(name: string, help: string, buckets: number[]): Histogram {
    return new Histogram({ name, help, buckets, registers: [this.#registry] });
  }
}
