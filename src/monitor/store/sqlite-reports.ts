import { REPORT_COLUMNS } from './report-row.ts';
import type { Statements } from './statements.ts';

/** The signer's row, then the values of `REPORT_COLUMNS`. */
export type SignedValues = readonly [signer: number, ...values: number[]];

const COLUMNS = REPORT_COLUMNS.join(', ');
const ROW = `(?, ${REPORT_COLUMNS.map(() => '?').join(', ')})`;
/** One statement for so many costs half of what it costs for each. */
const AT_ONCE = 32;

/** Writes reports into an embedded store. */
export class SqliteReports {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** @returns how many were not there, and the places of those that say something else than what was there before them */
  add(reports: readonly SignedValues[]): { added: number; contradicting: number[] } {
    const contradicting: number[] = [];
    let added = 0;
    for (let from = 0; from < reports.length; ) {
      const to = from + AT_ONCE <= reports.length ? from + AT_ONCE : from + 1;
      const changes = this.#insert(reports.slice(from, to));
      added += changes;
      if (changes < to - from) {
        for (let at = from; at < to; at++) if (!this.#isKept(reports[at]!)) contradicting.push(at);
      }
      from = to;
    }
    return { added, contradicting };
  }

  #insert(rows: readonly SignedValues[]): number {
    const sql = rows.length === 1 ? INSERT_ONE : INSERT_MANY;
    return Number(this.#statements.get(sql).run(...rows.flat()).changes);
  }

  #isKept([signer, ...values]: SignedValues): boolean {
    const [level, start] = values;
    const find = `SELECT ${COLUMNS} FROM report WHERE signer = ? AND level = ? AND start = ?`;
    const row = this.#statements.get(find).get(signer, level!, start!)!;
    return REPORT_COLUMNS.every((column, at) => Number(row[column]) === values[at]);
  }
}

const INSERT_ONE = insert(1);
const INSERT_MANY = insert(AT_ONCE);

function insert(rows: number): string {
  return `INSERT OR IGNORE INTO report (signer, ${COLUMNS}) VALUES ${Array(rows).fill(ROW).join(', ')}`;
}
