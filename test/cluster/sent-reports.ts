import { isDeepStrictEqual } from 'node:util';
import type { ReportAtDoor } from '../../src/monitor/store/report-store.ts';
import type { Report } from '../../src/wire/report.ts';
import { decodeReport } from '../../src/wire/report-codec.ts';
import type { DeviceAddress } from '../../src/wire/report-topic.ts';

/** What cameras handed over, to be compared with what the monitors keep. */
export class SentReports {
  readonly #reports = new Map<string, Report>();

  add(door: DeviceAddress, bytes: Uint8Array): void {
    const report = decodeReport(bytes);
    this.#reports.set(nameOf(door, report), report);
  }

  get reports(): Report[] {
    return [...this.#reports.values()];
  }

  /** @returns what is not as it was sent, a line each: none when every report is there once, and nothing else */
  differences(kept: readonly ReportAtDoor[]): string[] {
    const found: string[] = [];
    const missing = new Map(this.#reports);
    for (const { report, ...door } of kept) {
      const name = nameOf(door, report);
      const sent = missing.get(name);
      missing.delete(name);
      if (!sent) found.push(`${this.#reports.has(name) ? 'kept twice' : 'never sent'}: ${name}`);
      else if (!isDeepStrictEqual(sent, report)) found.push(`kept otherwise than it was sent: ${name}`);
    }
    return [...found, ...[...missing.keys()].map((name) => `lost: ${name}`)];
  }
}

/** All counts together. */
export function sumsOf(reports: Iterable<Report>): { in: number; out: number } {
  const sums = { in: 0, out: 0 };
  for (const report of reports) {
    sums.in += report.in.value;
    sums.out += report.out.value;
  }
  return sums;
}

function nameOf({ site, device }: DeviceAddress, { level, windowStartSeconds }: Report): string {
  return `${site}/${device}/${level}/${windowStartSeconds}`;
}
