import { setTimeout as sleep } from 'node:timers/promises';
import type { FleetSummary } from '../../firmware/fleet/fleet.ts';
import { FleetCamera } from '../../firmware/fleet/fleet-camera.ts';
import type { ReportStore } from '../../src/monitor/store/report-store.ts';
import type { AlarmReceiver } from './alarm-receiver.ts';
import { type Load, SEED } from './load.ts';
import type { Monitor } from './monitor.ts';
import { sumsOf } from './sent-reports.ts';

export interface Verdict {
  /** What is wrong, a line each. */
  readonly faults: readonly string[];
  readonly figures: Readonly<Record<string, string | number>>;
}

interface Evidence {
  readonly store: ReportStore;
  readonly load: Load;
  readonly fleet: FleetSummary;
  readonly monitors: readonly Monitor[];
  readonly alarms: AlarmReceiver;
  readonly cameras: number;
  readonly reconnectMs: readonly number[];
  readonly longestToStoreMs: number;
}

/** Monitors look at all doors every 15 seconds. */
const ALARMS_MS = 40_000;
const LOOK_MS = 500;
const ALARM_OF_FAULT = { 'sign-fault': 'sign-fault', 'clock-ahead': 'clock-wrong' } as const;

/** Compares what the monitors keep, and have told, with what was sent. */
export async function verdictOn(evidence: Evidence): Promise<Verdict> {
  const { store, load, fleet, monitors, alarms } = evidence;
  const { sent } = load;
  const kept = await store.reports({ level: 'window', fromSeconds: 0, toSeconds: 2 ** 32 });
  const faults = sent.differences(kept);
  const [sentSums, keptSums] = [sumsOf(sent.reports), sumsOf(kept.map(({ report }) => report))];
  if (sentSums.in !== keptSums.in || sentSums.out !== keptSums.out) {
    faults.push(
      `the sums are not what was sent: ${JSON.stringify(keptSums)}, not ${JSON.stringify(sentSums)}`,
    );
  }
  if (fleet.failures > 0) faults.push(`${fleet.failures} reports of the fleet were not acknowledged`);
  const raised = await raisedAlarms(store, evidence.cameras);
  faults.push(...alarmFaults(raised, alarms.told, evidence.cameras));

  let taken = 0;
  for (const monitor of monitors) taken += await monitor.taken();
  const seconds = (ms: number) => (ms / 1_000).toFixed(1);
  const figures = {
    'reports sent': sent.reports.length,
    'acknowledged by the broker': sent.reports.length - fleet.failures,
    'in the store': kept.length,
    'sent twice by faulty cameras': fleet.repeats,
    'repeats that came to the monitors and were dropped, at least': Math.max(0, taken - kept.length),
    'counted in and out': `${keptSums.in} and ${keptSums.out}`,
    'alarms raised': raised.length,
    'alarms told by webhook': [...alarms.told.values()].reduce((sum, times) => sum + times, 0),
    'connections of the doors with a spool': load.doors.map(({ connections }) => connections).join(', '),
    'longest wait for an acknowledgement, by the node that a camera began at, in seconds': load.probes
      .map(({ longestMs }) => seconds(longestMs))
      .join(', '),
    'a monitor was back after the death of its node after so many seconds':
      evidence.reconnectMs.map(seconds).join(', ') || '-',
    'longest from a report until it was in the store, in seconds': seconds(evidence.longestToStoreMs),
  };
  return { faults, figures };
}

function expectedAlarms(cameras: number): string[] {
  return Array.from({ length: cameras }, (_, number) => new FleetCamera(SEED, number, true)).flatMap(
    ({ fault, address }) => {
      const kind = ALARM_OF_FAULT[fault as keyof typeof ALARM_OF_FAULT];
      return kind ? [`${address.site}/${address.device}/${kind}`] : [];
    },
  );
}

/** All that were ever raised, when there are enough of them or there is no more to wait for. */
async function raisedAlarms(store: ReportStore, cameras: number): Promise<string[]> {
  const enough = expectedAlarms(cameras).length;
  const beganMs = performance.now();
  for (;;) {
    const raised = await store.alarms.list(0);
    if (raised.length >= enough || performance.now() - beganMs > ALARMS_MS) {
      return raised.map(({ site, device, kind }) => `${site}/${device}/${kind}`);
    }
    await sleep(LOOK_MS);
  }
}

function alarmFaults(raised: string[], told: ReadonlyMap<string, number>, cameras: number): string[] {
  const expected = expectedAlarms(cameras).sort();
  const faults: string[] = [];
  if (raised.sort().join() !== expected.join()) {
    faults.push(`the alarms are not each raised once: ${raised.join(' ')}; expected: ${expected.join(' ')}`);
  }
  // An alarm's name is followed by when it was raised.
  const toldOnce = [...told].filter(([, times]) => times === 1).map(([id]) => id.replace(/\/\d+$/, ''));
  if (toldOnce.sort().join() !== expected.join()) {
    faults.push(`the alarms are not each told once: ${JSON.stringify(Object.fromEntries(told))}`);
  }
  return faults;
}
