import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { LintelError } from '../../lintel-error.ts';
import type { Report } from '../../wire/report.ts';
import type { DeviceAddress } from '../../wire/report-topic.ts';
import type { AlarmStore } from '../alarms/alarm-store.ts';
import type { ReceivedReport } from '../received-report.ts';
import { type DoorRow, doorFromRow, statusValues } from './door-row.ts';
import { levelNumber, REPORT_COLUMNS, type ReportRow, reportFromRow, reportValues } from './report-row.ts';
import type {
  AddedReports,
  AddedStatuses,
  Door,
  HeardStatus,
  ReportAtDoor,
  ReportQuery,
  ReportStore,
} from './report-store.ts';
import { SqliteAlarms } from './sqlite-alarms.ts';
import { SqliteCheckpoints } from './sqlite-checkpoints.ts';
import { Statements } from './statements.ts';
import { type Dialect, DOORS, LATEST_REPORTS, REPORTS, tables } from './tables.ts';

/** Of this form of the tables; a file of another one is not touched. */
const VERSION = 1;
const SQLITE: Dialect = { id: 'INTEGER PRIMARY KEY', name: 'TEXT' };
const COLUMNS = REPORT_COLUMNS.join(', ');
const INSERT_REPORT = `INSERT OR IGNORE INTO report (signer, ${COLUMNS}) VALUES (?, ${REPORT_COLUMNS.map(() => '?').join(', ')})`;
/** What makes other writers wait, they are waited for so long. */
const BUSY_MS = 10_000;

/** The embedded store: one file, which a copy is a backup of when the monitor is stopped. */
export class SqliteStore implements ReportStore {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  readonly #checkpoints: SqliteCheckpoints;
  readonly alarms: AlarmStore;

  /** @param file made when it is not there; ':memory:' keeps nothing. @throws LintelError STORE_FILE */
  static open(file: string): SqliteStore {
    try {
      return new SqliteStore(new DatabaseSync(file, { timeout: BUSY_MS }));
    } catch (error) {
      if (error instanceof LintelError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new LintelError('STORE_FILE', `${file} cannot be used to keep reports: ${reason}`, error);
    }
  }

  private constructor(database: DatabaseSync) {
    this.#database = database;
    this.#statements = new Statements(database);
    this.#checkpoints = new SqliteCheckpoints(this.#statements);
    // Write-ahead: readers never wait. A power cut may lose the last commits, never the file; cameras send them again
    // only if they were not acknowledged, so what is acknowledged has to be on the disk: FULL.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
    const version = Number(this.#statement('PRAGMA user_version').get()!.user_version);
    if (version > VERSION)
      throw new LintelError('STORE_FILE', 'this file was written by a later release: use that one or later');
    for (const table of tables(SQLITE)) database.exec(table);
    database.exec(`PRAGMA user_version = ${VERSION}`);
    this.alarms = new SqliteAlarms(database);
  }

  async addReports(reports: readonly ReceivedReport[], receivedSeconds: number): Promise<AddedReports> {
    const insert = this.#statement(INSERT_REPORT);
    return this.#atOnce(() => {
      const signers = new Map<string, number>();
      const contradicting: ReceivedReport[] = [];
      let added = 0;
      for (const received of reports) {
        const name = `${received.site}/${received.device}/${received.signedBy}`;
        let signer = signers.get(name);
        if (signer === undefined) {
          signer = this.#signer(received, received.signedBy, receivedSeconds);
          signers.set(name, signer);
        }
        const values = reportValues(received.report);
        if (Number(insert.run(signer, ...values).changes) > 0) added++;
        else if (!this.#isKept(signer, values)) contradicting.push(received);
      }
      return { added, contradicting };
    });
  }

  async addStatuses(statuses: readonly HeardStatus[]): Promise<AddedStatuses> {
    const replace = this.#statement('INSERT OR REPLACE INTO status VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
    return this.#atOnce(() => {
      const contradicting: HeardStatus[] = [];
      for (const heard of statuses) {
        const { status, signedBy, heardSeconds } = heard;
        const signer = this.#signer(heard, signedBy, heardSeconds);
        replace.run(this.#door(heard), signer, ...statusValues(status), heardSeconds);
        if (!this.#checkpoints.keep(signer, status)) contradicting.push(heard);
      }
      return { contradicting };
    });
  }

  async enrol(door: DeviceAddress, key: string | undefined): Promise<void> {
    this.#atOnce(() =>
      this.#statement('UPDATE door SET enrolled_key = ? WHERE id = ?').run(key ?? null, this.#door(door)),
    );
  }

  async doors(site?: string): Promise<Door[]> {
    return (this.#statement(DOORS).all(site ?? null) as unknown as DoorRow[]).map(doorFromRow);
  }

  async reportsOf({ site, device }: DeviceAddress, query: ReportQuery): Promise<Report[]> {
    return this.#reports(query, site, device).map(({ report }) => report);
  }

  async reports({ site, ...query }: ReportQuery & { readonly site?: string }): Promise<ReportAtDoor[]> {
    return this.#reports(query, site ?? null, null);
  }

  async latestReports(): Promise<ReportAtDoor[]> {
    const rows = this.#statement(LATEST_REPORTS).all(levelNumber('window'));
    return (rows as unknown as (ReportRow & DeviceAddress)[]).map(atDoor);
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  #isKept(signer: number, values: readonly number[]): boolean {
    const [level, start] = values;
    const row = this.#statement(
      `SELECT ${COLUMNS} FROM report WHERE signer = ? AND level = ? AND start = ?`,
    ).get(signer, level!, start!)!;
    return REPORT_COLUMNS.every((column, at) => Number(row[column]) === values[at]);
  }

  #reports({ level, fromSeconds, toSeconds }: ReportQuery, site: string | null, device: string | null) {
    const rows = this.#statement(REPORTS).all(levelNumber(level), fromSeconds, toSeconds, site, device);
    return (rows as unknown as (ReportRow & DeviceAddress)[]).map(atDoor);
  }

  #door({ site, device }: DeviceAddress): number {
    const find = this.#statement('SELECT id FROM door WHERE site = ? AND device = ?');
    const found = find.get(site, device);
    if (found) return Number(found.id);
    const add = this.#statement('INSERT INTO door (site, device) VALUES (?, ?)');
    return Number(add.run(site, device).lastInsertRowid);
  }

  #signer(door: DeviceAddress, key: string, heardSeconds: number): number {
    const upsert = this.#statement(
      `INSERT INTO signer (door, key, heard) VALUES (?, ?, ?)
       ON CONFLICT (door, key) DO UPDATE SET heard = max(heard, excluded.heard) RETURNING id`,
    );
    return Number(upsert.get(this.#door(door), key, heardSeconds)!.id);
  }

  #atOnce<Result>(work: () => Result): Result {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  #statement(sql: string): StatementSync {
    return this.#statements.get(sql);
  }
}

function atDoor(row: ReportRow & DeviceAddress): ReportAtDoor {
  return { site: row.site, device: row.device, report: reportFromRow(row) };
}
