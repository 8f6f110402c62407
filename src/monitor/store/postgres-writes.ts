import { REPORT_COLUMNS } from './report-row.ts';

/*
 * What several monitors may do at once. None of them waits for another in a circle, since each locks rows in the same order:
 * doors that are new, keys that are new, keys that are heard of, then reports, or statuses and their checkpoints, and within each of these steps in
 * the order of the rows' names. A row that is there already is found by a look before: an INSERT that finds a conflict has used
 * up a number, and there are no more than 2^31.
 */

/** $1 sites, $2 devices. */
export const ADD_DOORS = `
  INSERT INTO door (site, device)
  SELECT DISTINCT site, device FROM unnest($1::text[], $2::text[]) AS given (site, device)
  WHERE NOT EXISTS (SELECT FROM door WHERE door.site = given.site AND door.device = given.device)
  ORDER BY site, device
  ON CONFLICT DO NOTHING`;

/** $1 sites, $2 devices, $3 keys, $4 Unix seconds; each key of a door once. */
const GIVEN_SIGNERS = `
  SELECT door.id AS door, given.key, given.heard
  FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) AS given (site, device, key, heard)
  JOIN door USING (site, device)`;

export const ADD_SIGNERS = `
  INSERT INTO signer (door, key, heard)
  SELECT door, key, heard FROM (${GIVEN_SIGNERS}) AS given
  WHERE NOT EXISTS (SELECT FROM signer WHERE signer.door = given.door AND signer.key = given.key)
  ORDER BY door, key
  ON CONFLICT DO NOTHING`;

export const HEAR_SIGNERS = `
  WITH given AS (${GIVEN_SIGNERS}),
  locked AS (
    SELECT signer.id, given.heard FROM signer JOIN given ON signer.door = given.door AND signer.key = given.key
    WHERE signer.heard < given.heard ORDER BY signer.id FOR NO KEY UPDATE OF signer
  )
  UPDATE signer SET heard = greatest(signer.heard, locked.heard) FROM locked WHERE signer.id = locked.id`;

const REPORTS_BY_SIGNER = `
  unnest($1::text[], $2::text[], $3::text[], ${REPORT_COLUMNS.map((_, at) => `$${at + 4}::bigint[]`).join(', ')})
    WITH ORDINALITY AS given (site, device, key, ${REPORT_COLUMNS.join(', ')}, place)
  JOIN door USING (site, device)
  JOIN signer ON signer.door = door.id AND signer.key = given.key`;

const listed = (table: string) => REPORT_COLUMNS.map((column) => `${table}.${column}`).join(', ');

/** $1 sites, $2 devices, $3 keys, then the columns of reports. */
export const ADD_REPORTS = `
  INSERT INTO report (signer, ${REPORT_COLUMNS.join(', ')})
  SELECT signer.id, ${listed('given')} FROM ${REPORTS_BY_SIGNER}
  ORDER BY signer.id, given.level, given.start, place
  ON CONFLICT DO NOTHING`;

/** Of the same, the places (from 1) of those that are not what is kept. */
export const CONTRADICTING_REPORTS = `
  SELECT place FROM ${REPORTS_BY_SIGNER}
  JOIN report ON report.signer = signer.id AND report.level = given.level AND report.start = given.start
  WHERE (${listed('report')}) <> (${listed('given')})
  ORDER BY place`;

const STATUS_COLUMNS = ['state', 'sense', 'time', 'software', 'models', 'settings', 'received'];

/** $1 sites, $2 devices, $3 keys, then the columns of statuses; each door once. */
export const SET_STATUSES = `
  INSERT INTO status (door, signer, ${STATUS_COLUMNS.join(', ')})
  SELECT door.id, signer.id, state, sense, time, software, models, settings, received
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[], $9::text[],
    $10::bigint[]) AS given (site, device, key, ${STATUS_COLUMNS.join(', ')})
  JOIN door USING (site, device)
  JOIN signer ON signer.door = door.id AND signer.key = given.key
  ORDER BY door.id
  ON CONFLICT (door) DO UPDATE SET signer = excluded.signer, ${STATUS_COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')}`;

export const ENROL = `
  INSERT INTO door (site, device, enrolled_key) VALUES ($1, $2, $3)
  ON CONFLICT (site, device) DO UPDATE SET enrolled_key = excluded.enrolled_key`;

const older = (rows: string) => `ctid = ANY (ARRAY(${rows} LIMIT $2))`;

/** $1 Unix seconds, $2 how many of each. Several monitors may do it at once: rows named by their places are locked in that order. */
export const PRUNE = [
  // One step into the key of `report` for each signer and level.
  `DELETE FROM report WHERE ${older(`
    SELECT old.place FROM signer CROSS JOIN (VALUES (0), (1)) AS every (level) CROSS JOIN LATERAL (
      SELECT report.ctid AS place FROM report
      WHERE report.signer = signer.id AND report.level = every.level AND start < $1 LIMIT $2
    ) AS old`)}`,
  `DELETE FROM alarm WHERE ${older('SELECT ctid FROM alarm WHERE ended < $1')}`,
  `DELETE FROM claim WHERE ${older('SELECT ctid FROM claim WHERE at < $1')}`,
];
