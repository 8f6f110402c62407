/** What a guest program says of its checks, a JSON object a line; other lines are its own talk. */
export type GuestLine =
  | { readonly check: string; readonly seconds: number; readonly error?: string }
  | { readonly figure: string; readonly value: string };

export function parseGuestLine(line: string): GuestLine | undefined {
  if (!line.startsWith('{"check":') && !line.startsWith('{"figure":')) return undefined;
  return JSON.parse(line);
}

/** Reports something measured, which nobody passes or fails. */
export function figure(name: string, value: string): void {
  const line: GuestLine = { figure: name, value };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** The distribution of `values` in milliseconds, in words. */
export function distribution(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]?.toFixed(2);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms, of ${values.length}`;
}

/** Whether a time over its bound is a failure: only where the host has nothing else to do. */
export const isTimed = process.env.LINTEL_TIMED === '1';
