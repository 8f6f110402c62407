import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { LintelError } from '../../lintel-error.ts';
import type { Report } from '../../wire/report.ts';
import type { DeviceAddress } from '../../wire/report-topic.ts';
import type { AlarmStore } from '../alarms/alarm-store.ts';
import type { ReceivedReport } from '../received-report.ts';
import { type DoorRow, doorFromRow, statusValues } from './door-row.ts';
import { levelNumber, type ReportRow, reportFromRow, reportValues } from './report-row.ts';
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
import { SqliteReports } from './sqlite-reports.ts';
import { SqliteSigners } from './sqlite-signers.ts';
import { Statements } from './statements.ts';
import { type Dialect, DOORS, LATEST_REPORTS, REPORTS, tables } from './tables.ts';

/** Of this form of the tables; a file of another one is not touched. */
const VERSION = 1;
const SQLITE: Dialect = { id: 'INTEGER PRIMARY KEY', name: 'TEXT' };
/** With the key of `report`, which begins with the signer: a step into it for each signer and level. */
const PRUNE = [
  `DELETE FROM report WHERE rowid IN (SELECT report.rowid FROM signer CROSS JOIN report
    WHERE report.signer = signer.id AND level IN (0, 1) AND start < ?1 LIMIT ?2)`,
  'DELETE FROM alarm WHERE rowid IN (SELECT rowid FROM alarm WHERE ended < ?1 LIMIT ?2)',
  'DELETE FROM claim WHERE rowid IN (SELECT rowid FROM claim WHERE at < ?1 LIMIT ?2)',
];
/** What makes other writers wait, they are waited for so long. */
const BUSY_MS = 10_000;

/** The embedded store: one file, which a copy is a backup of when the monitor is stopped. */
export class SqliteStore implements ReportStore {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  readonly #checkpoints: SqliteCheckpoints;
  readonly #signers: SqliteSigners;
  readonly #reportRows: SqliteReports;
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
    this.#signers = new SqliteSigners(this.#statements);
    this.#reportRows = new SqliteReports(this.#statements);
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
    return this.#atOnce(() => {
      const { added, contradicting } = this.#reportRows.add(
        reports.map((received) => [
          this.#signers.hear(received, received.signedBy, receivedSeconds),
          ...reportValues(received.report),
        ]),
      );
      return { added, contradicting: contradicting.map((at) => reports[at]!) };
    });
  }

  async addStatuses(statuses: readonly HeardStatus[]): Promise<AddedStatuses> {
    const replace = this.#statement('INSERT OR REPLACE INTO status VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
    return this.#atOnce(() => {
      const contradicting: HeardStatus[] = [];
      for (const heard of statuses) {
        const { status, signedBy, heardSeconds } = heard;
        const signer = this.#signers.hear(heard, signedBy, heardSeconds);
        replace.run(this.#signers.door(heard), signer, ...statusValues(status), heardSeconds);
        if (!this.#checkpoints.keep(signer, status)) contradicting.push(heard);
      }
      return { contradicting };
    });
  }

  async enrol(door: DeviceAddress, key: string | undefined): Promise<void> {
    this.#atOnce(() =>
      this.#statement('UPDATE door SET enrolled_key = ? WHERE id = ?').run(
        key ?? null,
        this.#signers.door(door),
      ),
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

  async latestReports(nowSeconds: number): Promise<ReportAtDoor[]> {
    const rows = this.#statement(LATEST_REPORTS).all(levelNumber('window'), nowSeconds);
    return (rows as unknown as (ReportRow & DeviceAddress)[]).map(atDoor);
  }

  async prune(beforeSeconds: number, most: number): Promise<number> {
    const changes = (sql: string) => Number(this.#statement(sql).run(beforeSeconds, most).changes);
    return this.#atOnce(() => PRUNE.reduce((sum, sql) => sum + changes(sql), 0));
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  #reports({ level, fromSeconds, toSeconds }: ReportQuery, site: string | null, device: string | null) {
    const rows = this.#statement(REPORTS).all(levelNumber(level), fromSeconds, toSeconds, site, device);
    return (rows as unknown as (ReportRow & DeviceAddress)[]).map(atDoor);
  }

  #atOnce<Result>(work: () => Result): Result {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#database.exec('COMMIT');
      this.#signers.ended(true);
      return result;
    } catch (error) {
      this.#signers.ended(false);
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
