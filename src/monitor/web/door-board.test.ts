import { describe, expect, it } from 'vitest';
import { exampleStatus } from '../../wire/example-status.ts';
import type { Status } from '../../wire/status.ts';
import { SqliteStore } from '../store/sqlite-store.ts';
import { type BoardQuestion, DoorBoard } from './door-board.ts';

const NOW = 1_767_798_000;
const HOUR = 3_600;

/** Doors of one site by their status; those without one are not enrolled. */
async function boardOf(doors: Record<string, Partial<Status> | undefined>) {
  const store = SqliteStore.open(':memory:');
  for (const [device, changes] of Object.entries(doors)) {
    const door = { site: device.startsWith('far') ? 'far' : 'hall', device };
    const status = exampleStatus({ timeSeconds: NOW, ...changes });
    await store.addStatuses([{ ...door, status, signedBy: 'key', heardSeconds: NOW }]);
    if (changes) await store.enrol(door, 'key');
  }
  const board = new DoorBoard(store, {});
  await board.read(NOW);
  const shown = (question: Partial<BoardQuestion> = {}) => board.shown({ limit: 10, ...question }, NOW);
  const names = (question: Partial<BoardQuestion> = {}) => shown(question).doors.map(({ device }) => device);
  return { board, shown, names };
}

const STREET = {
  'b-ok': {},
  'c-sign': { state: 'fault-sign' },
  'a-ok': {},
  'd-unknown': undefined,
  'far-sign': { state: 'fault-sign' },
} as const;

describe('the board of doors', () => {
  it('has those in trouble first, the most urgent of them at the top, and equals by name', async () => {
    const { names } = await boardOf(STREET);
    expect(names()).toEqual(['far-sign', 'c-sign', 'd-unknown', 'a-ok', 'b-ok']);
    expect(names({ limit: 2 })).toEqual(['far-sign', 'c-sign']);
  });

  it('tells the totals of all doors, whatever is asked for', async () => {
    const { shown } = await boardOf(STREET);
    const { totals, found, doors } = shown({ state: 'ok', find: 'HALL/A' });
    expect(totals).toEqual({ 'sign-fault': 2, 'not-enrolled': 1, ok: 2 });
    expect([found, doors.length, doors[0]!.device]).toEqual([1, 1, 'a-ok']);
  });

  it('finds doors by their site, their name and their state', async () => {
    const { names } = await boardOf(STREET);
    expect(names({ site: 'far' })).toEqual(['far-sign']);
    expect(names({ device: 'b-ok' })).toEqual(['b-ok']);
    expect(names({ state: 'sign-fault' })).toEqual(['far-sign', 'c-sign']);
    expect(names({ find: 'l/d' })).toEqual(['d-unknown']);
    expect(names({ find: 'nowhere' })).toEqual([]);
  });

  it('judges doors by the time at which it was read', async () => {
    const { board, shown } = await boardOf({ 'a-ok': {} });
    await board.read(NOW + 3 * HOUR);
    expect(shown().doors[0]!.states).toEqual(['silent']);
    expect(shown().totals).toEqual({ silent: 1 });
  });
});
