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
  readonly name: string;
  readonly door: Door;
  readonly latest: Report | undefined;
  /** Those that last, and those that ended of late. */
  readonly alarms: readonly AlarmAtDoor[];
  /** Most urgent first; never empty. */
  readonly states: readonly ShownState[];
}

const URGENCY: readonly ShownState[] = [...ALARM_KINDS, 'not-enrolled', 'ok'];
const DAY = 86_400;

/**
 * All doors as they were when the store was read last, each with its newest window, and what was wrong there by then, what is most
 * urgent first. Nothing is judged when somebody asks, so that ten thousand doors cost an answer next to nothing.
 */
export class DoorBoard {
  readonly #store: ReportStore;
  readonly #expected: ExpectedRelease;
  #entries: readonly Entry[] = [];
  #totals: Partial<Record<ShownState, number>> = {};

  constructor(store: ReportStore, expected: ExpectedRelease) {
    this.#store = store;
    this.#expected = expected;
  }

  async read(nowSeconds: number): Promise<void> {
    const store = this.#store;
    const latest = new Map<string, Report>();
    for (const { report, ...door } of await store.latestReports(nowSeconds)) latest.set(nameOf(door), report);
    const alarms = Map.groupBy(await store.alarms.list(nowSeconds - ENDED_DAYS * DAY), nameOf);
    const entries = (await store.doors()).map((door) => {
      const name = nameOf(door);
      return this.#entry(name, door, latest.get(name), alarms.get(name) ?? [], nowSeconds);
    });
    const byUrgency = Map.groupBy(entries, ({ states }) => states[0]!);
    // The store gives them by name, and they stay so among equals.
    this.#entries = URGENCY.flatMap((state) => byUrgency.get(state) ?? []);
    this.#totals = Object.fromEntries([...byUrgency].map(([state, { length }]) => [state, length]));
  }

  shown({ site, device, state, find, limit }: BoardQuestion, nowSeconds: number): ShownDoors {
    const sought = find?.toLowerCase();
    const asked = this.#entries.filter(
      ({ door }) =>
        (site === undefined || door.site === site) && (device === undefined || door.device === device),
    );
    const found = asked.filter(
      ({ name, states }) =>
        (state === undefined || states[0] === state) && (!sought || name.toLowerCase().includes(sought)),
    );
    return {
      now: nowSeconds,
      totals: this.#totals,
      found: found.length,
      doors: found.slice(0, limit).map((entry) => this.#shownDoor(entry)),
      alarms: shownAlarms(asked.flatMap(({ alarms }) => alarms)),
    };
  }

  #entry(
    name: string,
    door: Door,
    latest: Report | undefined,
    alarms: readonly Alarm[],
    nowSeconds: number,
  ): Entry {
    const troubles = troublesOf({ door, latest, expected: this.#expected, nowSeconds });
    const claims =
      troubles[0] === 'not-enrolled'
        ? []
        : alarms.filter(isLasting).flatMap(({ kind }) => (isTrouble(kind) ? [] : [kind]));
    const states: ShownState[] = [...troubles, ...claims];
    if (states.length === 0) states.push('ok');
    return { name, door, latest, states, alarms: alarms.map((alarm) => ({ alarm, troubles })) };
  }

  #shownDoor({ door, latest, alarms, states }: Entry): ShownDoor {
    const { site, device, status, heardSeconds, enrolledKey } = door;
    return {
      site,
      device,
      states,
      since: Object.fromEntries(
        alarms.filter(({ alarm }) => isLasting(alarm)).map(({ alarm }) => [alarm.kind, alarm.raisedSeconds]),
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
