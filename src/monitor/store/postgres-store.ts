import type { Report } from '../../wire/report.ts';
import type { DeviceAddress } from '../../wire/report-topic.ts';
import type { AlarmStore } from '../alarms/alarm-store.ts';
import type { ReceivedReport } from '../received-report.ts';
import { type DoorRow, doorFromRow, statusValues } from './door-row.ts';
import type { PostgresAddress } from './postgres-address.ts';
import { PostgresAlarms } from './postgres-alarms.ts';
import { keepCheckpoints } from './postgres-checkpoints.ts';
import { PostgresLink, type Query } from './postgres-link.ts';
import { makeTables } from './postgres-tables.ts';
import {
  ADD_DOORS,
  ADD_REPORTS,
  ADD_SIGNERS,
  CONTRADICTING_REPORTS,
  ENROL,
  HEAR_SIGNERS,
  PRUNE,
  SET_STATUSES,
} from './postgres-writes.ts';
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
import { DOORS, REPORTS } from './tables.ts';

interface Heard extends DeviceAddress {
  readonly signedBy: string;
  readonly heardSeconds: number;
}

/** PostgreSQL numbers with '$' what SQLite numbers with '?'. */
const numbered = (sql: string) => sql.replace(/[?](?=\d)/g, '$');
const LATEST_REPORTS = `
  SELECT site, device, newest.* FROM door
  JOIN signer ON signer.door = door.id AND signer.key = door.enrolled_key
  CROSS JOIN LATERAL (
    SELECT * FROM report WHERE report.signer = signer.id AND level = $1 AND start <= $2 ORDER BY start DESC LIMIT 1
  ) AS newest
  ORDER BY site, device`;

/** The store that several monitors share: a database of its own on a PostgreSQL server. */
export class PostgresStore implements ReportStore {
  readonly #link: PostgresLink;
  readonly alarms: AlarmStore;

  /**
   * @param ca the file with the certificate of who signed the server's; without it, those that every browser knows
   * @throws LintelError STORE_FAILED, STORE_VERSION, STORE_UNSAFE, BROKER_TLS_FILE
   */
  static async open(address: PostgresAddress, ca?: string): Promise<PostgresStore> {
    const link = await PostgresLink.to(address, ca);
    try {
      await makeTables(link);
      return new PostgresStore(link);
    } catch (error) {
      await link.close();
      throw error;
    }
  }

  private constructor(link: PostgresLink) {
    this.#link = link;
    this.alarms = new PostgresAlarms(link.query);
  }

  async addReports(reports: readonly ReceivedReport[], receivedSeconds: number): Promise<AddedReports> {
    if (reports.length === 0) return { added: 0, contradicting: [] };
    const rows = reports.map(({ site, device, signedBy, report }) => [
      site,
      device,
      signedBy,
      ...reportValues(report),
    ]);
    const values = columns(rows);
    return this.#link.atOnce(async (query) => {
      await hear(
        query,
        reports.map((received) => ({ ...received, heardSeconds: receivedSeconds })),
      );
      const added = (await query(ADD_REPORTS, values)).rowCount ?? 0;
      if (added === reports.length) return { added, contradicting: [] };
      const others = await query<{ place: string }>(CONTRADICTING_REPORTS, values);
      return { added, contradicting: others.rows.map(({ place }) => reports[Number(place) - 1]!) };
    });
  }

  async addStatuses(statuses: readonly HeardStatus[]): Promise<AddedStatuses> {
    if (statuses.length === 0) return { contradicting: [] };
    const last = new Map(statuses.map((heard) => [`${heard.site}/${heard.device}`, heard]));
    const rows = [...last.values()].map(({ site, device, signedBy, status, heardSeconds }) => [
      site,
      device,
      signedBy,
      ...statusValues(status),
      heardSeconds,
    ]);
    return this.#link.atOnce(async (query) => {
      await hear(query, statuses);
      await query(SET_STATUSES, columns(rows));
      return { contradicting: await keepCheckpoints(query, statuses) };
    });
  }

  async enrol({ site, device }: DeviceAddress, key: string | undefined): Promise<void> {
    await this.#link.query(ENROL, [site, device, key ?? null]);
  }

  async doors(site?: string): Promise<Door[]> {
    return (await this.#link.query<DoorRow>(numbered(DOORS), [site ?? null])).rows.map(doorFromRow);
  }

  async latestReports(nowSeconds: number): Promise<ReportAtDoor[]> {
    const { rows } = await this.#link.query<ReportRow & DeviceAddress>(LATEST_REPORTS, [
      levelNumber('window'),
      nowSeconds,
    ]);
    return rows.map(atDoor);
  }

  async reportsOf({ site, device }: DeviceAddress, query: ReportQuery): Promise<Report[]> {
    return (await this.#reports(query, site, device)).map(({ report }) => report);
  }

  async reports({ site, ...query }: ReportQuery & { readonly site?: string }): Promise<ReportAtDoor[]> {
    return this.#reports(query, site ?? null, null);
  }

  async prune(beforeSeconds: number, most: number): Promise<number> {
    return this.#link.atOnce(async (query) => {
      let deleted = 0;
      for (const sql of PRUNE) deleted += (await query(sql, [beforeSeconds, most])).rowCount ?? 0;
      return deleted;
    });
  }

  async close(): Promise<void> {
    await this.#link.close();
  }

  async #reports(
    { level, fromSeconds, toSeconds }: ReportQuery,
    site: string | null,
    device: string | null,
  ): Promise<ReportAtDoor[]> {
    const asked = [levelNumber(level), fromSeconds, toSeconds, site, device];
    return (await this.#link.query<ReportRow & DeviceAddress>(numbered(REPORTS), asked)).rows.map(atDoor);
  }
}

/** Makes the doors and keys that are new, and notes when each key was heard. */
async function hear(query: Query, all: readonly Heard[]): Promise<void> {
  const last = new Map<string, Heard>();
  for (const heard of all) {
    const name = `${heard.site}/${heard.device}/${heard.signedBy}`;
    if (heard.heardSeconds > (last.get(name)?.heardSeconds ?? -1)) last.set(name, heard);
  }
  const rows = [...last.values()].map(({ site, device, signedBy, heardSeconds }) => [
    site,
    device,
    signedBy,
    heardSeconds,
  ]);
  const values = columns(rows);
  await query(ADD_DOORS, values.slice(0, 2));
  await query(ADD_SIGNERS, values);
  await query(HEAR_SIGNERS, values);
}

/** Of at least one row. */
function columns(rows: readonly (readonly (string | number)[])[]): (string | number)[][] {
  return rows[0]!.map((_, at) => rows.map((row) => row[at]!));
}

function atDoor(row: ReportRow & DeviceAddress): ReportAtDoor {
  return { site: row.site, device: row.device, report: reportFromRow(row) };
}
