import type { Report } from '../../wire/report.ts';
import type { DeviceAddress } from '../../wire/report-topic.ts';
import { sumCounts } from '../count-sum.ts';
import { differences, type ExpectedRelease, TROUBLES, troublesOf } from '../door-state.ts';
import type { Door, ReportStore } from '../store/report-store.ts';
import type { ShownDoor, ShownDoors, ShownState } from './shown.ts';

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
}

const URGENCY: readonly ShownState[] = [...TROUBLES, 'ok'];

/** All doors as they were when the store was read last, each with its newest window, and what is wrong there by now. */
export class DoorBoard {
  readonly #store: ReportStore;
  readonly #expected: ExpectedRelease;
  #entries: readonly Entry[] = [];

  constructor(store: ReportStore, expected: ExpectedRelease) {
    this.#store = store;
    this.#expected = expected;
  }

  async read(): Promise<void> {
    const latest = new Map<string, Report>();
    for (const { report, ...door } of await this.#store.latestReports()) latest.set(nameOf(door), report);
    this.#entries = (await this.#store.doors()).map((door) => ({ door, latest: latest.get(nameOf(door)) }));
  }

  shown({ site, device, state, find, limit }: BoardQuestion, nowSeconds: number): ShownDoors {
    const totals: Partial<Record<ShownState, number>> = {};
    const found: { entry: Entry; states: ShownState[]; urgency: number }[] = [];
    const sought = find?.toLowerCase();
    for (const entry of this.#entries) {
      const troubles = troublesOf({ ...entry, expected: this.#expected, nowSeconds });
      const states: ShownState[] = troubles.length > 0 ? troubles : ['ok'];
      const first = states[0]!;
      totals[first] = (totals[first] ?? 0) + 1;
      if (site !== undefined && entry.door.site !== site) continue;
      if (device !== undefined && entry.door.device !== device) continue;
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
    };
  }

  #shownDoor({ door, latest }: Entry, states: ShownState[]): ShownDoor {
    const { site, device, status, heardSeconds, enrolledKey } = door;
    return {
      site,
      device,
      states,
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

function nameOf({ site, device }: DeviceAddress): string {
  return `${site}/${device}`;
}
