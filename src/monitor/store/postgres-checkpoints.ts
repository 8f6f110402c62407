import type { DeviceAddress } from '../../wire/report-topic.ts';
import { contradicts, type KeptCheckpoint, rootText } from './checkpoint.ts';
import type { Query } from './postgres-link.ts';
import type { HeardStatus } from './report-store.ts';
import { KEEP_LONGER } from './tables.ts';

/** $1 sites, $2 devices, $3 keys. Whoever else writes the same rows waits. */
const KEPT = `
  SELECT given.site, given.device, given.key, size, root, time
  FROM unnest($1::text[], $2::text[], $3::text[]) AS given (site, device, key)
  JOIN door USING (site, device)
  JOIN signer ON signer.door = door.id AND signer.key = given.key
  JOIN checkpoint ON checkpoint.signer = signer.id
  ORDER BY signer.id FOR UPDATE OF checkpoint`;

/** $1 sites, $2 devices, $3 keys, each key of a door once; then the columns of checkpoints. */
const KEEP = `
  INSERT INTO checkpoint (signer, size, root, time)
  SELECT signer.id, given.size, given.root, given.time
  FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::bigint[])
    AS given (site, device, key, size, root, time)
  JOIN door USING (site, device)
  JOIN signer ON signer.door = door.id AND signer.key = given.key
  ORDER BY signer.id ${KEEP_LONGER}`;

interface KeptRow extends DeviceAddress {
  readonly key: string;
  readonly size: string;
  readonly root: string;
  readonly time: string;
}

/** Keeps of each key the longest checkpoint. @returns the statuses that do not go with what was there before them */
export async function keepCheckpoints(
  query: Query,
  statuses: readonly HeardStatus[],
): Promise<HeardStatus[]> {
  const signers = [...new Map(statuses.map((heard) => [nameOf(heard), heard])).values()];
  const names = [
    signers.map(({ site }) => site),
    signers.map(({ device }) => device),
    signers.map(({ signedBy }) => signedBy),
  ];
  const { rows } = await query<KeptRow>(KEPT, names);
  const longest = new Map<string, KeptCheckpoint>(
    rows.map(({ site, device, key, size, root, time }) => [
      nameOf({ site, device, signedBy: key }),
      { size: Number(size), root, timeSeconds: Number(time) },
    ]),
  );
  const contradicting: HeardStatus[] = [];
  for (const heard of statuses) {
    const { evidence, timeSeconds } = heard.status;
    const before = longest.get(nameOf(heard));
    if (before && contradicts(heard.status, before)) contradicting.push(heard);
    if (before && evidence.size <= before.size) continue;
    longest.set(nameOf(heard), { size: evidence.size, root: rootText(evidence.root), timeSeconds });
  }
  const kept = signers.map((signer) => longest.get(nameOf(signer))!);
  await query(KEEP, [
    ...names,
    kept.map(({ size }) => size),
    kept.map(({ root }) => root),
    kept.map(({ timeSeconds }) => timeSeconds),
  ]);
  return contradicting;
}

function nameOf({ site, device, signedBy }: DeviceAddress & { readonly signedBy: string }): string {
  return `${site}/${device}/${signedBy}`;
}
