import { describe, expect, it } from 'vitest';
import { exampleReport } from '../../wire/example-report.ts';
import type { Report } from '../../wire/report.ts';
import { SqliteStore } from '../store/sqlite-store.ts';
import { countView } from './count-view.ts';

const HOUR = 3_600;
const WEEK = 7 * 24 * HOUR;
const start = exampleReport().windowStartSeconds;
const published = (value: number) => ({ status: 'published', value }) as const;
const unmeasured = { status: 'not-measured', value: 0 } as const;

async function view(
  reports: readonly (readonly [device: string, changes: Partial<Report>])[],
  {
    device,
    atSeconds = start,
    timeZone = 'UTC',
    grain = 'hour',
  }: { device?: string; atSeconds?: number; timeZone?: string; grain?: 'hour' | 'day' } = {},
) {
  const store = SqliteStore.open(':memory:');
  for (const name of ['front', 'back']) await store.enrol({ site: 'hall', device: name }, 'key');
  const received = reports.map(([name, changes]) => ({
    site: 'hall',
    device: name,
    signedBy: 'key',
    report: exampleReport({ in: published(20), ...changes }),
  }));
  await store.addReports(received, start);
  const shown = await countView(store, {
    scope: { site: 'hall', device },
    grain,
    atSeconds,
    nowSeconds: atSeconds + HOUR,
    timeZone,
  });
  return { ...shown, hour: shown.buckets[14]! };
}

describe("a site's counts", () => {
  it('are summed over its doors, with the error that the sum has', async () => {
    const { hour, total } = await view([
      ['front', {}],
      ['back', {}],
      ['back', { windowStartSeconds: start + HOUR }],
    ]);
    expect(hour).toMatchObject({ reported: 2, expected: 2, coverage: 100 });
    expect(hour.in).toMatchObject({ low: 40, high: 40, error: 2 * Math.hypot(2, 2) });
    expect(total.in).toMatchObject({ low: 60, error: 2 * Math.hypot(2, 2, 2) });
  });

  it('say how many doors are missing from them', async () => {
    expect((await view([['front', {}]])).hour).toMatchObject({ reported: 1, expected: 2 });
  });

  it('are those of one door, when one is asked for', async () => {
    const { hour, total } = await view(
      [
        ['front', {}],
        ['back', {}],
      ],
      { device: 'front' },
    );
    expect(hour).toMatchObject({ reported: 1, expected: 1 });
    expect(total.in.low).toBe(20);
  });

  it('add up shorter windows to hours', async () => {
    const quarters = [0, 1, 2, 3].map(
      (quarter) => ['front', { windowStartSeconds: start + quarter * 900, windowSeconds: 900 }] as const,
    );
    expect((await view(quarters, { device: 'front' })).hour.in).toMatchObject({ low: 80, published: 4 });
  });
});

describe('the comparison with the week before', () => {
  it('compares like with like: windows of a door that were measured in both weeks', async () => {
    const { compared, hour } = await view([
      ['front', { in: published(50) }],
      ['front', { windowStartSeconds: start - WEEK }],
      ['back', { in: published(500) }],
      ['back', { windowStartSeconds: start - WEEK, in: unmeasured }],
      ['front', { windowStartSeconds: start + HOUR }],
    ]);
    expect(compared!.in).toEqual({ low: 30, high: 30, error: Math.hypot(4, 4), windows: 1 });
    expect(hour.before!.in).toMatchObject({ low: 20, unmeasured: 1 });
  });

  it.each([
    ['begins', '2026-03-29T08:00+02:00', '2026-03-22T08:00+01:00'],
    ['has begun a week before', '2026-04-05T08:00+02:00', '2026-03-29T08:00+02:00'],
    ['ends', '2026-10-25T08:00+01:00', '2026-10-18T08:00+02:00'],
  ])('compares the same local hours when summer time %s', async (_, now, before) => {
    const [nowSeconds, beforeSeconds] = [now, before].map((text) => Date.parse(text) / 1_000);
    const { compared, buckets } = await view(
      [
        ['front', { windowStartSeconds: nowSeconds!, in: published(50) }],
        ['front', { windowStartSeconds: beforeSeconds! }],
      ],
      { atSeconds: nowSeconds!, timeZone: 'Europe/Berlin' },
    );
    const eight = buckets.find((bucket) => bucket.start === nowSeconds)!;
    expect(eight.before!.in.low).toBe(20);
    expect(compared!.in).toMatchObject({ low: 30, windows: 1 });
  });

  it('compares no quarter of an hour with an hour that began with it', async () => {
    const { compared } = await view([
      ['front', { windowSeconds: 900 }],
      ['front', { windowStartSeconds: start - WEEK, in: published(80) }],
    ]);
    expect(compared!.in.windows).toBe(0);
  });

  it('compares no hour that was watched with one of which a part was', async () => {
    const { compared } = await view([
      ['front', { coveragePercent: 25 }],
      ['front', { windowStartSeconds: start - WEEK, in: published(80), coveragePercent: 100 }],
    ]);
    expect(compared!.in.windows).toBe(0);
  });

  it('compares days, however long they are where summer time begins', async () => {
    const [sunday, before] = ['2026-03-29T00:00+01:00', '2026-03-22T00:00+01:00'].map(
      (text) => Date.parse(text) / 1_000,
    );
    const { compared } = await view(
      [
        ['front', { level: 'day', windowStartSeconds: sunday!, windowSeconds: 23 * HOUR, in: published(50) }],
        ['front', { level: 'day', windowStartSeconds: before!, windowSeconds: 24 * HOUR }],
      ],
      { atSeconds: sunday!, timeZone: 'Europe/Berlin', grain: 'day' },
    );
    expect(compared!.in).toMatchObject({ low: 30, windows: 1 });
  });

  it('knows no more of a suppressed count than its bound', async () => {
    const { compared } = await view([
      ['front', { in: published(50) }],
      ['front', { windowStartSeconds: start - WEEK, in: { status: 'fewer-than-k', value: 0 } }],
    ]);
    expect(compared!.in).toMatchObject({ low: 41, high: 50 });
  });
});
