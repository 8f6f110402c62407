import { DatabaseSync } from 'node:sqlite';
import { SqliteStore } from '../../../src/monitor/store/sqlite-store.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const SITE_DOORS = 10;
/** One camera in so many has a fault, and an alarm that lasts. */
const FAULTY = 100;
/** In the order in which they would have arrived, a door's reports lie far from each other, and take four times as long to write. */
const SCATTERED_DAYS = 30;

export interface Years {
  readonly cameras: number;
  readonly days: number;
  /** Unix seconds: the last window ends here. */
  readonly end: number;
}

/**
 * Makes a store's file with every window and day of many cameras, in one transaction and without signatures. The reports of the last
 * month are written in the order in which they would have arrived; older ones, which no page but that of weeks reads, door by door.
 */
export async function fillYears(file: string, { cameras, days, end }: Years): Promise<void> {
  await SqliteStore.open(file).close();
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  // A rollback journal keeps only what was there before, which is next to nothing.
  database.exec(
    'PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; BEGIN',
  );
  database.exec(`
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${cameras})
    INSERT INTO door (id, site, device, enrolled_key)
    SELECT i + 1, 'site-' || (i / ${SITE_DOORS}), 'door-' || (i % ${SITE_DOORS}), 'key-' || i FROM n`);
  database.exec(`
    INSERT INTO signer SELECT id, id, enrolled_key, ${end} FROM door;
    INSERT INTO status SELECT id, id, iif(id % ${FAULTY} = 0, 'fault-sign', 'running'), 'wired', ${end}, '0.1.0', 'aa', 'bb',
      ${end} FROM door;
    INSERT INTO alarm SELECT id, 'sign-fault', ${end} - id * 60, NULL FROM door WHERE id % ${FAULTY} = 0`);
  const insert = database.prepare(`
    WITH RECURSIVE windows(start) AS (SELECT ?3 UNION ALL SELECT start + ?2 FROM windows WHERE start + ?2 < ?4)
    INSERT INTO report (signer, level, start, seconds, in_status, in_value, out_status, out_value, coverage, noise,
      suppress_below, budget_numerator, budget_denominator)
    SELECT id, ?1, start, ?2, (id * 7 + start / 3600) % 5 = 0, 10 + (id * 7 + start / 3600) % 40, 0, 20, 100, 2000, 10, 1, 2
    FROM signer CROSS JOIN windows`);
  const began = end - days * DAY;
  const scattered = Math.max(began, end - SCATTERED_DAYS * DAY);
  for (const [level, seconds] of [
    [0, HOUR],
    [1, DAY],
  ] as const) {
    const first = Math.ceil(began / seconds) * seconds;
    const late = Math.ceil(scattered / seconds) * seconds;
    if (first < late) insert.run(level, seconds, first, late);
    for (let start = late; start + seconds <= end; start += seconds)
      insert.run(level, seconds, start, start + seconds);
  }
  database.exec('COMMIT; PRAGMA journal_mode = WAL');
  database.close();
}
