import type { DatabaseSync } from 'node:sqlite';
import type { DeviceAddress } from '../../wire/report-topic.ts';
import type { AlarmKind } from '../alarms/alarm-kinds.ts';
import type { Alarm, AlarmStore } from '../alarms/alarm-store.ts';
import type { Claim, ClaimKind } from '../alarms/claims.ts';
import { Statements } from './statements.ts';

/** The alarms in an embedded store. */
export class SqliteAlarms implements AlarmStore {
  readonly #statements: Statements;

  constructor(database: DatabaseSync) {
    this.#statements = new Statements(database);
  }

  async raise({ site, device }: DeviceAddress, kind: AlarmKind, seconds: number): Promise<boolean> {
    const insert = this.#statements.get(
      `INSERT OR IGNORE INTO alarm (door, kind, raised) SELECT id, ?, ? FROM door WHERE site = ? AND device = ?`,
    );
    return Number(insert.run(kind, seconds, site, device).changes) > 0;
  }

  async end({ site, device }: DeviceAddress, kind: AlarmKind, seconds: number): Promise<boolean> {
    const update = this.#statements.get(
      `UPDATE alarm SET ended = ? WHERE kind = ? AND ended IS NULL
       AND door = (SELECT id FROM door WHERE site = ? AND device = ?)`,
    );
    return Number(update.run(seconds, kind, site, device).changes) > 0;
  }

  async list(endedFromSeconds?: number): Promise<Alarm[]> {
    const rows = this.#statements
      .get(
        `SELECT site, device, kind, raised, ended FROM alarm JOIN door ON door.id = alarm.door
         WHERE ended IS NULL OR ended >= ? ORDER BY raised, site, device, kind`,
      )
      .all(endedFromSeconds ?? null);
    return rows.map(({ site, device, kind, raised, ended }) => ({
      site: String(site),
      device: String(device),
      kind: kind as AlarmKind,
      raisedSeconds: Number(raised),
      endedSeconds: ended === null ? undefined : Number(ended),
    }));
  }

  async addClaims(claims: readonly Claim[], seconds: number): Promise<void> {
    const upsert = this.#statements.get(
      `INSERT INTO claim (door, kind, key, at) SELECT id, ?, ?, ? FROM door WHERE site = ? AND device = ?
       ON CONFLICT (door, kind, key) DO UPDATE SET at = max(at, excluded.at)`,
    );
    for (const { kind, signedBy = '', site, device } of claims)
      upsert.run(kind, signedBy, seconds, site, device);
  }

  async claims(fromSeconds: number): Promise<Claim[]> {
    const rows = this.#statements
      .get(
        `SELECT site, device, kind, key FROM claim JOIN door ON door.id = claim.door
         WHERE at >= ? AND key IN ('', enrolled_key) ORDER BY site, device, kind`,
      )
      .all(fromSeconds);
    return rows.map(({ site, device, kind, key }) => ({
      site: String(site),
      device: String(device),
      kind: kind as ClaimKind,
      signedBy: key === '' ? undefined : String(key),
    }));
  }
}
