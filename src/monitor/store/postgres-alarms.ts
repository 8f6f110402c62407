import type { DeviceAddress } from '../../wire/report-topic.ts';
import type { AlarmKind } from '../alarms/alarm-kinds.ts';
import type { Alarm, AlarmStore } from '../alarms/alarm-store.ts';
import type { Claim, ClaimKind } from '../alarms/claims.ts';
import type { Query } from './postgres-link.ts';

interface AlarmRow extends DeviceAddress {
  readonly kind: AlarmKind;
  readonly raised: string;
  readonly ended: string | null;
}

interface ClaimRow extends DeviceAddress {
  readonly kind: ClaimKind;
  readonly key: string;
}

/** The alarms in a PostgreSQL database. */
export class PostgresAlarms implements AlarmStore {
  readonly #query: Query;

  constructor(query: Query) {
    this.#query = query;
  }

  async raise({ site, device }: DeviceAddress, kind: AlarmKind, seconds: number): Promise<boolean> {
    const { rowCount } = await this.#query(
      `INSERT INTO alarm (door, kind, raised) SELECT id, $1, $2 FROM door WHERE site = $3 AND device = $4
       ON CONFLICT DO NOTHING`,
      [kind, seconds, site, device],
    );
    return rowCount === 1;
  }

  async end({ site, device }: DeviceAddress, kind: AlarmKind, seconds: number): Promise<boolean> {
    const { rowCount } = await this.#query(
      `UPDATE alarm SET ended = $1 WHERE kind = $2 AND ended IS NULL
       AND door = (SELECT id FROM door WHERE site = $3 AND device = $4)`,
      [seconds, kind, site, device],
    );
    return rowCount === 1;
  }

  async list(endedFromSeconds?: number): Promise<Alarm[]> {
    const { rows } = await this.#query<AlarmRow>(
      `SELECT site, device, kind, raised, ended FROM alarm JOIN door ON door.id = alarm.door
       WHERE ended IS NULL OR ended >= $1 ORDER BY raised, site, device, kind`,
      [endedFromSeconds ?? null],
    );
    return rows.map(({ site, device, kind, raised, ended }) => ({
      site,
      device,
      kind,
      raisedSeconds: Number(raised),
      endedSeconds: ended === null ? undefined : Number(ended),
    }));
  }

  async addClaims(claims: readonly Claim[], seconds: number): Promise<void> {
    await this.#query(
      `INSERT INTO claim (door, kind, key, at)
       SELECT DISTINCT id, kind, key, $1::bigint
       FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) AS given (kind, key, site, device)
       JOIN door USING (site, device) ORDER BY id, kind, key
       ON CONFLICT (door, kind, key) DO UPDATE SET at = greatest(claim.at, excluded.at)`,
      [
        seconds,
        claims.map(({ kind }) => kind),
        claims.map(({ signedBy = '' }) => signedBy),
        claims.map(({ site }) => site),
        claims.map(({ device }) => device),
      ],
    );
  }

  async claims(fromSeconds: number): Promise<Claim[]> {
    const { rows } = await this.#query<ClaimRow>(
      `SELECT site, device, kind, key FROM claim JOIN door ON door.id = claim.door
       WHERE at >= $1 AND key IN ('', enrolled_key) ORDER BY site, device, kind`,
      [fromSeconds],
    );
    return rows.map(({ site, device, kind, key }) => ({
      site,
      device,
      kind,
      signedBy: key === '' ? undefined : key,
    }));
  }
}
