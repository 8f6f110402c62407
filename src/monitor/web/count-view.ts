import type { Report } from '../../wire/report.ts';
import type { DeviceAddress } from '../../wire/report-topic.ts';
import { type CountSum, meanCoverage, sumCounts } from '../count-sum.ts';
import type { ReportAtDoor, ReportStore } from '../store/report-store.ts';
import { bucketOf, type Period, periodAt, weekBefore } from './period.ts';
import type { Grain, ShownChange, ShownCounts } from './shown.ts';

/** A site, or one door of it. */
export interface Scope {
  readonly site: string;
  readonly device?: string | undefined;
}

export interface CountQuestion {
  readonly scope: Scope;
  readonly grain: Grain;
  /** A moment in the period that is asked for; Unix seconds. */
  readonly atSeconds: number;
  readonly nowSeconds: number;
  readonly timeZone: string;
}

const DAY = 86_400;
const DAYS = 7;
/** A week may be so much shorter. */
const SUMMER_TIME = 3_600;
const DIRECTIONS = ['in', 'out'] as const;

/** The counts of a site or a door in a period's buckets, with what they were a week before. */
export async function countView(store: ReportStore, question: CountQuestion): Promise<ShownCounts> {
  const { scope, grain, atSeconds, nowSeconds, timeZone } = question;
  const period = periodAt(grain, atSeconds, timeZone);
  const earlierPeriod = grain === 'week' ? undefined : weekBefore(period);
  const doors = (await store.doors(scope.site)).filter(
    (door) => isIn(scope, door) && door.enrolledKey !== undefined,
  );
  const placed = place(await reportsIn(store, scope, period), period);
  const before = earlierPeriod && place(await reportsIn(store, scope, earlierPeriod), earlierPeriod);
  const all = [...placed.values()].flat().map(({ report }) => report);
  return {
    now: nowSeconds,
    timeZone,
    grain,
    from: period.starts[0]!,
    to: period.end,
    earlier: period.starts[0]! - 1,
    later: grain === 'week' ? period.end + (period.end - period.starts[0]!) - 3 * DAY : period.end,
    buckets: period.starts.map((start, at) => {
      const name = period.names[at]!;
      const here = placed.get(name) ?? [];
      const reports = here.map(({ report }) => report);
      const then = before?.get(name)?.map(({ report }) => report) ?? [];
      return {
        start,
        end: period.starts[at + 1] ?? period.end,
        ...sums(reports),
        coverage: meanCoverage(reports),
        reported: grain === 'week' ? here.length : new Set(here.map(({ door }) => door)).size,
        expected: doors.length * endedParts(grain, start, period.starts[at + 1] ?? period.end, nowSeconds),
        before: before ? sums(then) : null,
      };
    }),
    total: { ...sums(all), coverage: meanCoverage(all) },
    compared: before ? { in: compare(placed, before, 'in'), out: compare(placed, before, 'out') } : null,
  };
}

/** The reports that `countView` sums. */
export async function reportsIn(store: ReportStore, scope: Scope, period: Period) {
  // A window belongs where its middle lies, so it may begin a little before.
  const query = {
    level: period.grain === 'hour' ? 'window' : 'day',
    fromSeconds: period.starts[0]! - DAY,
    toSeconds: period.end,
  } as const;
  const { site, device } = scope;
  const found =
    device === undefined
      ? await store.reports({ ...query, site })
      : (await store.reportsOf({ site, device }, query)).map((report) => ({ site, device, report }));
  return found.filter(
    ({ report }) => bucketOf(period, report.windowStartSeconds, report.windowSeconds) !== undefined,
  );
}

interface Placed {
  readonly door: string;
  /**
   * The same in both weeks: the door, when in its bucket the window begins, how much of it was watched, and of a part of a day how
   * long it is.
   */
  readonly place: string;
  readonly report: Report;
}

/** By the names of the period's buckets. */
function place(found: readonly ReportAtDoor[], period: Period): Map<string, readonly Placed[]> {
  const buckets = new Map<string, Placed[]>();
  for (const { device: door, report } of found) {
    const at = bucketOf(period, report.windowStartSeconds, report.windowSeconds)!;
    const offset = report.windowStartSeconds - period.starts[at]!;
    const name = period.names[at]!;
    // A day may be an hour shorter or longer, and is a day all the same.
    const length = period.grain === 'hour' ? report.windowSeconds : 'day';
    const place = [door, name, offset, length, report.coveragePercent].join('/');
    const placed = { door, place, report };
    const bucket = buckets.get(name);
    if (bucket) bucket.push(placed);
    else buckets.set(name, [placed]);
  }
  return buckets;
}

/** Like with like: only windows of a door that were measured in both weeks, and as much of them. */
function compare(
  now: Map<string, readonly Placed[]>,
  before: Map<string, readonly Placed[]>,
  direction: 'in' | 'out',
): ShownChange {
  const measured = (buckets: Map<string, readonly Placed[]>) =>
    new Map(
      [...buckets.values()]
        .flat()
        .filter(({ report }) => report[direction].status !== 'not-measured')
        .map(({ place, report }) => [place, report]),
    );
  const [these, those] = [measured(now), measured(before)];
  const shared = [...these.keys()].filter((place) => those.has(place));
  const sum = (from: Map<string, Report>): CountSum =>
    sumCounts(
      shared.map((place) => from.get(place)!),
      direction,
    );
  const [a, b] = [sum(these), sum(those)];
  return {
    low: a.low - b.high,
    high: a.high - b.low,
    // The noise of both weeks was drawn independently.
    error: Math.hypot(a.error, b.error),
    windows: shared.length,
  };
}

function sums(reports: readonly Report[]): { in: CountSum; out: CountSum } {
  const [into, out] = DIRECTIONS.map((direction) => sumCounts(reports, direction));
  return { in: into!, out: out! };
}

function isIn(scope: Scope, door: DeviceAddress): boolean {
  return door.site === scope.site && (scope.device === undefined || door.device === scope.device);
}

/** How many reports one door has had time for: of a week the days that have ended, else one. */
function endedParts(grain: Grain, start: number, end: number, nowSeconds: number): number {
  const seconds = Math.min(end, nowSeconds) - start;
  if (grain === 'week') return Math.max(0, Math.min(DAYS, Math.floor((seconds + SUMMER_TIME) / DAY)));
  return end <= nowSeconds ? 1 : 0;
}
