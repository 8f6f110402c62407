import type { Clock } from '../../time/clock.ts';
import type { Report } from '../../wire/report.ts';
import type { DeviceAddress } from '../../wire/report-topic.ts';
import { type DoorView, type ExpectedRelease, type Trouble, troublesOf } from '../door-state.ts';
import type { Door, ReportStore } from '../store/report-store.ts';
import { alarmId } from './alarm-json.ts';
import type { AlarmKind } from './alarm-kinds.ts';
import { alarmsOf } from './alarm-rules.ts';
import type { Alarm } from './alarm-store.ts';

export interface AlarmWatchOptions {
  readonly store: ReportStore;
  readonly clock: Clock;
  readonly expected: ExpectedRelease;
  /** An alarm ends when what raised it has been gone for so long. */
  readonly quietSeconds: number;
  /** Since when the broker's messages come without a break; while they do not, nobody's silence means anything. */
  readonly listeningSinceSeconds: () => number | undefined;
  /** Told once when an alarm is raised, and once when it ends, by whichever monitor found it. */
  readonly tell: (alarm: Alarm) => void;
}

/** A claim is over when it was not made again for so long. */
export const CLAIM_SECONDS = 86_400;

/** Compares how all doors are with the alarms that are kept. */
export class AlarmWatch {
  readonly #options: AlarmWatchOptions;
  /** Since when the cause of an alarm that lasts is gone, by the alarm's id. */
  #quietSince = new Map<string, number>();

  constructor(options: AlarmWatchOptions) {
    this.#options = options;
  }

  /** Looks once at every door. @returns what is most urgently wrong at each, or 'ok'. @throws the store's error */
  async look(): Promise<(Trouble | 'ok')[]> {
    const states: (Trouble | 'ok')[] = [];
    const quietSince = new Map<string, number>();
    const { store, clock } = this.#options;
    const nowSeconds = Math.floor(clock.wallMs() / 1_000);
    const lasting = grouped(await store.alarms.list());
    const claims = grouped(await store.alarms.claims(nowSeconds - CLAIM_SECONDS));
    const latest = new Map(
      (await store.latestReports(nowSeconds)).map((found) => [nameOf(found), found.report]),
    );
    for (const door of await store.doors()) {
      const name = nameOf(door);
      const kinds = (claims.get(name) ?? []).map(({ kind }) => kind);
      const view = this.#view(door, latest.get(name), nowSeconds);
      states.push(troublesOf(view)[0] ?? 'ok');
      const found = alarmsOf({ ...view, claims: kinds });
      const known = lasting.get(name) ?? [];
      for (const kind of found) {
        if (!known.some((alarm) => alarm.kind === kind)) await this.#raise(door, kind, nowSeconds);
      }
      for (const alarm of known) {
        // A silence is over when the door is heard, and not when we begin to listen anew.
        const isOver = alarm.kind !== 'silent' || !troublesOf({ ...view, door }).includes('silent');
        if (isOver && !found.includes(alarm.kind)) await this.#calm(alarm, quietSince, nowSeconds);
      }
    }
    this.#quietSince = quietSince;
    return states;
  }

  #view(door: Door, latest: Report | undefined, nowSeconds: number): DoorView {
    const { expected, listeningSinceSeconds } = this.#options;
    // What could not be heard is not silence.
    const heardSeconds = Math.max(door.heardSeconds ?? 0, listeningSinceSeconds() ?? nowSeconds);
    return { door: { ...door, heardSeconds }, latest, expected, nowSeconds };
  }

  async #raise({ site, device }: DeviceAddress, kind: AlarmKind, seconds: number): Promise<void> {
    const { store, tell } = this.#options;
    if (!(await store.alarms.raise({ site, device }, kind, seconds))) return;
    tell({ site, device, kind, raisedSeconds: seconds, endedSeconds: undefined });
  }

  /** @param quiet takes since when, unless it ends now */
  async #calm(alarm: Alarm, quiet: Map<string, number>, nowSeconds: number): Promise<void> {
    const { store, tell, quietSeconds } = this.#options;
    const since = this.#quietSince.get(alarmId(alarm)) ?? nowSeconds;
    if (nowSeconds - since < quietSeconds) quiet.set(alarmId(alarm), since);
    else if (await store.alarms.end(alarm, alarm.kind, nowSeconds))
      tell({ ...alarm, endedSeconds: nowSeconds });
  }
}

function nameOf({ site, device }: DeviceAddress): string {
  return `${site}/${device}`;
}

function grouped<Item extends DeviceAddress>(items: readonly Item[]): Map<string, Item[]> {
  return Map.groupBy(items, nameOf);
}
