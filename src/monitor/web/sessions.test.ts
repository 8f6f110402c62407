import { expect, it } from 'vitest';
import { SimulatedClock } from '../../time/simulated-clock.ts';
import { Sessions } from './sessions.ts';

const ada = { user: 'ada', line: 'ada:…' };

it('knows a session by its token until twelve hours are over, or it is closed', async () => {
  const clock = new SimulatedClock();
  const sessions = new Sessions(clock);
  const [token, other] = [sessions.open(ada), sessions.open(ada)];
  expect(token).not.toBe(other);
  expect(sessions.find(token)).toMatchObject(ada);
  sessions.close(other);
  expect(sessions.find(other)).toBeUndefined();
  expect(sessions.find('')).toBeUndefined();
  await clock.advance(12 * 3_600_000 - 1);
  expect(sessions.find(token)).toMatchObject(ada);
  await clock.advance(1);
  expect(sessions.find(token)).toBeUndefined();
});

it('keeps no more than ten thousand, and forgets the oldest first', () => {
  const sessions = new Sessions(new SimulatedClock());
  const tokens = Array.from({ length: 10_001 }, () => sessions.open(ada));
  expect(sessions.find(tokens[0]!)).toBeUndefined();
  expect(sessions.find(tokens[1]!)).toBeDefined();
});
