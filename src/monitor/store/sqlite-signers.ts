import type { DeviceAddress } from '../../wire/report-topic.ts';
import type { Statements } from './statements.ts';

interface Signer {
  readonly id: number;
  readonly heardSeconds: number;
}

/** So many are kept in mind, some ten megabytes; further ones are looked for each time. */
const MOST = 50_000;

/**
 * The rows of doors and of the keys that sign for them, in an embedded store. None is ever deleted, so what was found once need not
 * be looked for again; what a transaction made is remembered when it is committed.
 */
export class SqliteSigners {
  readonly #statements: Statements;
  readonly #committed = new Map<string, Signer>();
  readonly #uncommitted = new Map<string, Signer>();

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** Notes that the key was heard. @returns its row */
  hear(door: DeviceAddress, key: string, heardSeconds: number): number {
    const name = `${door.site}/${door.device}/${key}`;
    const known = this.#uncommitted.get(name) ?? this.#committed.get(name);
    if (known && known.heardSeconds >= heardSeconds) return known.id;
    const upsert = this.#statements.get(
      `INSERT INTO signer (door, key, heard) VALUES (?, ?, ?)
       ON CONFLICT (door, key) DO UPDATE SET heard = max(heard, excluded.heard) RETURNING id`,
    );
    const id = Number(upsert.get(this.door(door), key, heardSeconds)!.id);
    this.#uncommitted.set(name, { id, heardSeconds });
    return id;
  }

  door({ site, device }: DeviceAddress): number {
    const find = this.#statements.get('SELECT id FROM door WHERE site = ? AND device = ?');
    const found = find.get(site, device);
    if (found) return Number(found.id);
    const add = this.#statements.get('INSERT INTO door (site, device) VALUES (?, ?)');
    return Number(add.run(site, device).lastInsertRowid);
  }

  /** The transaction is over. */
  ended(isCommitted: boolean): void {
    if (isCommitted && this.#committed.size + this.#uncommitted.size > MOST) this.#committed.clear();
    if (isCommitted) for (const [name, signer] of this.#uncommitted) this.#committed.set(name, signer);
    this.#uncommitted.clear();
  }
}
