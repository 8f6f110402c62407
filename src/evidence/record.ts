import { z } from 'zod';
import { LintelError } from '../lintel-error.ts';
import { DEVICE_STATES } from '../wire/status.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const time = z.iso.datetime({ precision: 0 });
const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
const state = z.enum(DEVICE_STATES).exclude(['lost']);

/**
 * All that evidence may ever say (promise P6): adding a line here is a privacy decision. No record has the time of
 * anything that a person does, and there is none for the sign, the sensor or the button: from when one of these
 * changed, an opt-out could be read.
 */
const FACTS = [
  z.strictObject({
    what: z.literal('started'),
    site: name,
    device: name,
    software: z.string().regex(/^\d{1,10}[.]\d{1,10}[.]\d{1,10}$/),
    /** Of the program's own source files. */
    program: sha256,
    models: sha256,
    settings: sha256,
    sense: z.enum(['wired', 'read-back']),
  }),
  z.strictObject({ what: z.literal('state'), state }),
  z.strictObject({
    what: z.literal('day'),
    from: time,
    seconds: z.int().min(1).max(100_000),
    /** As coarse as in the day's report. */
    coverage: z.int().min(0).max(100).multipleOf(5),
    state,
    /** How many persons anything is stored of. */
    persons: z.literal(0),
  }),
] as const;

const place = {
  record: z.int().min(0).max(0xffff_ffff),
  /** The leaf hash of the record before; zeros in the first. */
  previous: sha256,
  /** The last window boundary before it was written. */
  time,
};
const schema = z.discriminatedUnion('what', [
  z.strictObject({ ...place, ...FACTS[0].shape }),
  z.strictObject({ ...place, ...FACTS[1].shape }),
  z.strictObject({ ...place, ...FACTS[2].shape }),
]);

/** What a record says, without its place in the log. */
export type Fact = z.infer<(typeof FACTS)[number]> & { readonly time: string };
export type StartedFact = Extract<Fact, { what: 'started' }>;
export type EvidenceRecord = z.infer<typeof schema>;
export type ToldState = z.infer<typeof state>;

/** The fields of each kind of record, in their order. */
export const FIELDS: Readonly<Record<Fact['what'], readonly string[]>> = {
  started: [...Object.keys(place), ...Object.keys(FACTS[0].shape)],
  state: [...Object.keys(place), ...Object.keys(FACTS[1].shape)],
  day: [...Object.keys(place), ...Object.keys(FACTS[2].shape)],
};

/** A record as the one line of JSON, without its line end, that is hashed. */
export function encodeRecord(record: EvidenceRecord): string {
  const values: Readonly<Record<string, unknown>> = record;
  return JSON.stringify(Object.fromEntries(FIELDS[record.what].map((field) => [field, values[field]])));
}

/** Only the very text that `encodeRecord` writes is a record. @throws LintelError EVIDENCE_MALFORMED */
export function decodeRecord(line: string): EvidenceRecord {
  let record: EvidenceRecord;
  try {
    record = schema.parse(JSON.parse(line));
  } catch (error) {
    throw new LintelError('EVIDENCE_MALFORMED', 'this is not a record of evidence', error);
  }
  if (encodeRecord(record) !== line) {
    throw new LintelError('EVIDENCE_MALFORMED', 'this record is not written as records are');
  }
  return record;
}

/** Unix seconds as a record has them. */
export function recordTime(seconds: number): string {
  return `${new Date(seconds * 1_000).toISOString().slice(0, 19)}Z`;
}
