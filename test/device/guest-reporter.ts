import type { TestEvent } from 'node:test/reporters';
import type { GuestLine } from './guest-report.ts';

/** Has `node:test` in the guest say each check as a line of `GuestLine`. A skipped check has failed. */
// biome-ignore lint/style/noDefaultExport: node --test-reporter takes a default export
export default async function* guestReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const { type, data } of events) {
    if ((type !== 'test:pass' && type !== 'test:fail') || data.details.type === 'suite') continue;
    const line: GuestLine = { check: data.name, seconds: data.details.duration_ms / 1000, ...failure(data) };
    yield `${JSON.stringify(line)}\n`;
  }
}

type Ended = Extract<TestEvent, { type: 'test:pass' | 'test:fail' }>['data'];

function failure(data: Ended): { error?: string } {
  if (data.skip !== undefined || data.todo !== undefined) return { error: 'it was skipped' };
  if (!('error' in data.details)) return {};
  const { error } = data.details;
  const cause = error.cause;
  return { error: (cause instanceof Error ? cause.stack : undefined) ?? error.message };
}
