import type { Status } from '../../wire/status.ts';
import { contradicts, rootText } from './checkpoint.ts';
import type { Statements } from './statements.ts';
import { KEEP_LONGER } from './tables.ts';

/** The checkpoints in an embedded store. */
export class SqliteCheckpoints {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** Keeps that of a status, if its log is the longest so far. @returns whether it goes with what is kept of the signer */
  keep(signer: number, status: Status): boolean {
    const { size, root } = status.evidence;
    const write = `INSERT INTO checkpoint (signer, size, root, time) VALUES (?, ?, ?, ?) ${KEEP_LONGER}`;
    this.#statements.get(write).run(signer, size, rootText(root), status.timeSeconds);
    const find = this.#statements.get('SELECT size, root, time FROM checkpoint WHERE signer = ?');
    const kept = find.get(signer)!;
    return !contradicts(status, {
      size: Number(kept.size),
      root: String(kept.root),
      timeSeconds: Number(kept.time),
    });
  }
}
