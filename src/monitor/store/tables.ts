/** What the databases say differently. */
export interface Dialect {
  /** The type of a row's own number. */
  readonly id: string;
  /** The type of a name, which sorts by its bytes. */
  readonly name: string;
}

/** The tables, in the SQL that SQLite and PostgreSQL share. Times are Unix seconds, hashes and keys in hexadecimal digits. */
export const tables = ({ id, name }: Dialect) => [
  `CREATE TABLE IF NOT EXISTS door (
    id ${id},
    site ${name} NOT NULL,
    device ${name} NOT NULL,
    enrolled_key TEXT,
    UNIQUE (site, device)
  )`,
  `CREATE TABLE IF NOT EXISTS signer (
    id ${id},
    door INTEGER NOT NULL REFERENCES door,
    key ${name} NOT NULL,
    heard BIGINT NOT NULL,
    UNIQUE (door, key)
  )`,
  `CREATE TABLE IF NOT EXISTS status (
    door INTEGER PRIMARY KEY REFERENCES door,
    signer INTEGER NOT NULL REFERENCES signer,
    state TEXT NOT NULL,
    sense TEXT NOT NULL,
    time BIGINT NOT NULL,
    software TEXT NOT NULL,
    models TEXT NOT NULL,
    settings TEXT NOT NULL,
    received BIGINT NOT NULL
  )`,
  // Of each key the longest log of evidence that it has shown.
  `CREATE TABLE IF NOT EXISTS checkpoint (
    signer INTEGER PRIMARY KEY REFERENCES signer,
    size BIGINT NOT NULL,
    root TEXT NOT NULL,
    time BIGINT NOT NULL
  )`,
  // The key begins with what every question asks for, so that what is read together lies together. PostgreSQL leaves no gaps
  // between columns that stand in this order.
  `CREATE TABLE IF NOT EXISTS report (
    signer INTEGER NOT NULL REFERENCES signer,
    seconds INTEGER NOT NULL,
    level SMALLINT NOT NULL,
    in_status SMALLINT NOT NULL,
    out_status SMALLINT NOT NULL,
    coverage SMALLINT NOT NULL,
    start BIGINT NOT NULL,
    in_value BIGINT NOT NULL,
    out_value BIGINT NOT NULL,
    noise BIGINT NOT NULL,
    suppress_below BIGINT NOT NULL,
    budget_numerator BIGINT NOT NULL,
    budget_denominator BIGINT NOT NULL,
    PRIMARY KEY (signer, level, start)
  )`,
  `CREATE TABLE IF NOT EXISTS alarm (
    door INTEGER NOT NULL REFERENCES door,
    kind ${name} NOT NULL,
    raised BIGINT NOT NULL,
    ended BIGINT
  )`,
  // Of one kind, a door has one alarm at a time.
  'CREATE UNIQUE INDEX IF NOT EXISTS alarm_lasting ON alarm (door, kind) WHERE ended IS NULL',
  'CREATE INDEX IF NOT EXISTS alarm_ended ON alarm (ended)',
  // Without a signature, the key is ''.
  `CREATE TABLE IF NOT EXISTS claim (
    door INTEGER NOT NULL REFERENCES door,
    kind ${name} NOT NULL,
    key ${name} NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (door, kind, key)
  )`,
];

/** The end of what writes into `checkpoint`. */
export const KEEP_LONGER = `
  ON CONFLICT (signer) DO UPDATE SET size = excluded.size, root = excluded.root, time = excluded.time
  WHERE excluded.size > checkpoint.size`;

/** Every door, or those of a site, with its latest status. */
export const DOORS = `
  SELECT site, device, enrolled_key,
    (SELECT max(heard) FROM signer
      WHERE signer.door = door.id AND (enrolled_key IS NULL OR signer.key = enrolled_key)) AS heard,
    signer.key AS signed_by, state, sense, time, software, models, settings, received
  FROM door LEFT JOIN status ON status.door = door.id LEFT JOIN signer ON signer.id = status.signer
  WHERE CAST(?1 AS TEXT) IS NULL OR site = ?1
  ORDER BY site, device`;

// A planner that knows nothing of the tables may begin with all reports there are. SQLite takes what CROSS JOIN joins in
// the order in which it stands: from few doors to their reports.
const DOOR_REPORTS = `
  SELECT site, device, report.* FROM door CROSS JOIN signer CROSS JOIN report
  WHERE signer.door = door.id AND signer.key = door.enrolled_key AND report.signer = signer.id AND level = ?1`;

/** Of doors with their enrolled key, the reports of a level in a time: of all, of a site, or of a door. */
export const REPORTS = `${DOOR_REPORTS} AND start >= ?2 AND start < ?3
  AND (CAST(?4 AS TEXT) IS NULL OR site = ?4) AND (CAST(?5 AS TEXT) IS NULL OR device = ?5)
  ORDER BY site, device, start`;

/** Of such doors, the newest report of a level that has begun: one step into the key of `report` for each, however many it has. */
export const LATEST_REPORTS = `${DOOR_REPORTS}
  AND start = (SELECT max(start) FROM report AS newer
    WHERE newer.signer = signer.id AND newer.level = ?1 AND newer.start <= ?2)
  ORDER BY site, device`;
