import { decodeReport } from '../../src/wire/report-codec.ts';
import type { Door } from './door.ts';

/** The coverage of each window that was reported, and when it began on the door's clock. */
export async function reportsIn({ disk, clock }: Door) {
  const names = (await disk.list('/spool')).filter((name) => name.endsWith('-window.report'));
  const startedMs = clock.wallMs() - clock.monotonicMs();
  const reports = await Promise.all(
    names.map(async (name) => decodeReport(await disk.read(`/spool/${name}`, 65_536))),
  );
  return reports
    .map(({ windowStartSeconds, coveragePercent }) => ({
      atMs: windowStartSeconds * 1_000 - startedMs,
      coveragePercent,
    }))
    .sort((a, b) => a.atMs - b.atMs);
}
