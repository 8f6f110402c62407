import { fingerprint } from '../wire/fingerprint.ts';
import type { VerifiedEvidence } from './verify-evidence.ts';

/** What evidence that holds says in sum; `lintel verify --json` prints it. */
export interface EvidenceSummary {
  readonly key: string;
  readonly firstRecord: number;
  /** Of all records ever, and of how many of them the newest checkpoint was signed over. */
  readonly records: number;
  readonly signedRecords: number;
  readonly from: string;
  readonly to: string;
  readonly doors: readonly string[];
  readonly starts: number;
  readonly programs: readonly string[];
  readonly models: readonly string[];
  readonly settings: readonly string[];
  readonly days: number;
  /** How many days had each coverage, in per cent. */
  readonly coverage: Readonly<Record<string, number>>;
  readonly faults: number;
}

export function summarise({ publicKey, first, records, signed }: VerifiedEvidence): EvidenceSummary {
  const starts = records.filter((record) => record.what === 'started');
  const days = records.filter((record) => record.what === 'day');
  return {
    key: fingerprint(publicKey),
    firstRecord: first,
    records: first + records.length,
    signedRecords: signed,
    from: records[0]?.time ?? '',
    to: records.at(-1)?.time ?? '',
    doors: distinct(starts.map(({ site, device }) => `${site}/${device}`)),
    starts: starts.length,
    programs: distinct(starts.map(({ software, program }) => `${software} ${program}`)),
    models: distinct(starts.map(({ models }) => models)),
    settings: distinct(starts.map(({ settings }) => settings)),
    days: days.length,
    coverage: counted(days.map(({ coverage }) => `${coverage}`)),
    faults: records.filter((record) => record.what === 'state' && record.state !== 'running').length,
  };
}

/** The same in lines for a person. @param isCompared whether the key is one that somebody gave */
export function describeEvidence(found: EvidenceSummary, isCompared: boolean): string[] {
  const { key, records, signedRecords, firstRecord, days, starts } = found;
  const unsigned = records - Math.max(signedRecords, firstRecord);
  return [
    `The evidence holds: records ${firstRecord} to ${records - 1}, from ${found.from} to ${found.to}.`,
    ...(firstRecord > 0
      ? [`Records 0 to ${firstRecord - 1} are not here; the signed checkpoint over them is.`]
      : []),
    unsigned === 0
      ? 'A signed checkpoint covers them all.'
      : `NOT SIGNED: the last ${unsigned}; no checkpoint that is here covers them.`,
    `Key     ${key}${isCompared ? '' : " (compared with none: give --key, as 'lintel identity' prints it)"}`,
    `Door    ${found.doors.join(', ')}`,
    `Starts  ${starts}, with ${plural(found.programs.length, 'program')}, ${plural(found.models.length, 'set')} of models, ${plural(found.settings.length, 'set')} of settings`,
    ...found.programs.map((program) => `        Lintel ${program}`),
    `Days    ${days}${days > 0 ? `, covered: ${coverages(found.coverage)}; nothing stored of any person` : ''}`,
    `Faults  ${found.faults}`,
  ];
}

function coverages(coverage: EvidenceSummary['coverage']): string {
  return Object.entries(coverage)
    .map(([percent, days]) => `${percent} % on ${days}`)
    .join(', ');
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}

function counted(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
