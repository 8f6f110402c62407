import { SimulatedDisk } from '../disk/simulated-disk.ts';
import { exampleSigner } from '../wire/example-signer.ts';
import { EvidenceLog } from './evidence-log.ts';
import { exampleDay, exampleStart } from './example-facts.ts';
import { CHECKPOINT_NAME, logFolder, segmentsIn } from './found-log.ts';
import type { EvidenceFile } from './verify-evidence.ts';

export interface ExampleEvidence {
  readonly segments: EvidenceFile[];
  readonly checkpoint: EvidenceFile;
}

/** The evidence of a start and some days, for tests; in more than one segment when `segmentBytes` is small. */
export async function exampleEvidence(
  days: number,
  sizes = { segmentBytes: 60_000, segments: 64 },
  signer = exampleSigner(),
): Promise<ExampleEvidence> {
  const disk = new SimulatedDisk();
  const log = await EvidenceLog.open({ folder: '/evidence', disk, signer, sizes });
  await log.add(exampleStart());
  for (let day = 0; day < days; day++) await log.add(exampleDay(day));
  const folder = logFolder('/evidence', signer.publicKey);
  const file = async (name: string) => ({ name, bytes: await disk.read(`${folder}/${name}`, 65_536) });
  return {
    segments: await Promise.all(segmentsIn(await disk.list(folder)).map(file)),
    checkpoint: await file(CHECKPOINT_NAME),
  };
}
