import type { Report } from '../../wire/report.ts';
import type { DeviceAddress } from '../../wire/report-topic.ts';
import { ALARM_KINDS } from '../alarms/alarm-kinds.ts';
import type { Alarm } from '../alarms/alarm-store.ts';
import { sumCounts } from '../count-sum.ts';
import { differences, type ExpectedRelease, isTrouble, troublesOf } from '../door-state.ts';
import type { Door, ReportStore } from '../store/report-store.ts';
import type { ShownDoor, ShownDoors, ShownState } from './shown.ts';
import { type AlarmAtDoor, ENDED_DAYS, shownAlarms } from './shown-alarms.ts';

export interface BoardQuestion {
  readonly site?: string | undefined;
  readonly device?: string | undefined;
  readonly state?: string | undefined;
  /** A part of `site/device`. */
  readonly find?: string | undefined;
  readonly limit: number;
}

interface Entry {
  readonly door: Door;
  readonly latest: Report | undefined;
  /** Those that last, and those that ended of late. */
  readonly alarms: readonly Alarm[];
}

const URGENCY: readonly ShownState[] = [...ALARM_KINDS, 'not-enrolled', 'ok'];
const DAY = 86_400;

/** All doors as they were when the store was read last, each with its newest window, and what is wrong there by now. */
export class DoorBoard {
  readonly #store: ReportStore;
  readonly #expected: ExpectedRelease;
  #entries: readonly Entry[] = [];

  constructor(store: ReportStore, expected: ExpectedRelease) {
    this.#store = store;
    this.#expected = expected;
  }

  async read(nowSeconds: number): Promise<void> {
    const store = this.#store;
    const latest = new Map<string, Report>();
    for (const { report, ...door } of await store.latestReports()) latest.set(nameOf(door), report);
    const alarms = Map.groupBy(await store.alarms.list(nowSeconds - ENDED_DAYS * DAY), nameOf);
    this.#entries = (await store.doors()).map((door) => {
      const name = nameOf(door);
      return { door, latest: latest.get(name), alarms: alarms.get(name) ?? [] };
    });
  }

  shown({ site, device, state, find, limit }: BoardQuestion, nowSeconds: number): ShownDoors {
    const totals: Partial<Record<ShownState, number>> = {};
    const alarms: AlarmAtDoor[] = [];
    const found: { entry: Entry; states: ShownState[]; urgency: number }[] = [];
    const sought = find?.toLowerCase();
    for (const entry of this.#entries) {
      const troubles = troublesOf({ ...entry, expected: this.#expected, nowSeconds });
      const claims =
        troubles[0] === 'not-enrolled'
          ? []
          : entry.alarms.filter(isLasting).flatMap(({ kind }) => (isTrouble(kind) ? [] : [kind]));
      const states: ShownState[] = [...troubles, ...claims];
      if (states.length === 0) states.push('ok');
      const first = states[0]!;
      totals[first] = (totals[first] ?? 0) + 1;
      if (site !== undefined && entry.door.site !== site) continue;
      if (device !== undefined && entry.door.device !== device) continue;
      for (const alarm of entry.alarms) alarms.push({ alarm, troubles });
      if (state !== undefined && first !== state) continue;
      if (sought && !nameOf(entry.door).toLowerCase().includes(sought)) continue;
      found.push({ entry, states, urgency: URGENCY.indexOf(first) });
    }
    // The store gives them by name, and sorting keeps the order of equals.
    found.sort((a, b) => a.urgency - b.urgency);
    return {
      now: nowSeconds,
      totals,
      found: found.length,
      doors: found.slice(0, limit).map(({ entry, states }) => this.#shownDoor(entry, states)),
      alarms: shownAlarms(alarms),
    };
  }

  #shownDoor({ door, latest, alarms }: Entry, states: ShownState[]): ShownDoor {
    const { site, device, status, heardSeconds, enrolledKey } = door;
    return {
      site,
      device,
      states,
      since: Object.fromEntries(
        alarms.filter(isLasting).map(({ kind, raisedSeconds }) => [kind, raisedSeconds]),
      ),
      latest: latest && {
        start: latest.windowStartSeconds,
        seconds: latest.windowSeconds,
        in: sumCounts([latest], 'in'),
        out: sumCounts([latest], 'out'),
        coverage: latest.coveragePercent,
      },
      heard: heardSeconds,
      software: status?.software.join('.'),
      differing: status ? differences(status, this.#expected) : [],
      enrolledKey,
      signedBy: status?.signedBy,
    };
  }
}

function isLasting({ endedSeconds }: Alarm): boolean {
  return endedSeconds === undefined;
}

function nameOf({ site, device }: DeviceAddress): string {
  return `${site}/${device}`;
}
