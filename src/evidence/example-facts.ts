import { type Fact, recordTime, type StartedFact } from './record.ts';

const NOON_SECONDS = Date.UTC(2026, 0, 5, 12) / 1_000;
const DAY_SECONDS = 86_400;

/** An ordinary start, for tests; `changes` replaces what a test is about. */
export function exampleStart(changes: Partial<StartedFact> = {}): StartedFact {
  return {
    time: recordTime(NOON_SECONDS),
    what: 'started',
    site: 'hall',
    device: 'front',
    software: '0.1.0',
    program: '11'.repeat(32),
    models: '22'.repeat(32),
    settings: '33'.repeat(32),
    sense: 'wired',
    ...changes,
  };
}

/** The end of the n-th day, for tests. */
export function exampleDay(day: number): Fact {
  const midnight = NOON_SECONDS + 43_200 + day * DAY_SECONDS;
  return {
    time: recordTime(midnight),
    what: 'day',
    from: recordTime(midnight - DAY_SECONDS),
    seconds: DAY_SECONDS,
    coverage: 100,
    state: 'running',
    persons: 0,
  };
}
