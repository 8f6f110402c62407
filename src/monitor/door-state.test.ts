import { describe, expect, it } from 'vitest';
import { exampleReport } from '../wire/example-report.ts';
import { type DoorView, troublesOf } from './door-state.ts';
import type { Door, DoorStatus } from './store/report-store.ts';

const start = exampleReport().windowStartSeconds;
const nowSeconds = start + 3600 + 10;
const status: DoorStatus = {
  state: 'running',
  sense: 'wired',
  timeSeconds: start + 3600,
  software: [0, 1, 0],
  signedBy: 'key',
  models: 'aa',
  settings: 'bb',
  receivedSeconds: nowSeconds - 5,
};
const door: Door = {
  site: 'hall',
  device: 'front',
  enrolledKey: 'key',
  status,
  heardSeconds: nowSeconds - 5,
};
const fine: DoorView = { door, latest: exampleReport(), expected: {}, nowSeconds };
const withStatus = (changes: Partial<DoorStatus>) => ({
  ...fine,
  door: { ...door, status: { ...status, ...changes } },
});

describe('what is wrong at a door', () => {
  it('is nothing while it reports as it should', () => {
    expect(troublesOf(fine)).toEqual([]);
    expect(troublesOf({ ...fine, expected: { software: '0.1.0', models: 'aa', settings: 'bb' } })).toEqual(
      [],
    );
  });

  it('is only that nobody enrolled it, as long as nobody did', () => {
    const unknown = { ...withStatus({ state: 'fault-sign' }).door, enrolledKey: undefined };
    expect(troublesOf({ ...fine, door: unknown })).toEqual(['not-enrolled']);
  });

  it.each([
    ['fault-sign', 'sign-fault'],
    ['fault-device', 'device-fault'],
    ['fault-model', 'model-fault'],
  ] as const)('is what its status says: %s', (state, trouble) => {
    expect(troublesOf(withStatus({ state }))).toEqual([trouble]);
  });

  it('is silence after two windows and a little, by the length of its own windows', () => {
    const later = (seconds: number) => ({ ...fine, nowSeconds: door.heardSeconds! + seconds });
    expect(troublesOf(later(7200 + 120))).toEqual([]);
    expect(troublesOf(later(7200 + 121))).toEqual(['silent']);
    const quarter = { ...later(1800 + 121), latest: exampleReport({ windowSeconds: 900 }) };
    expect(troublesOf(quarter)).toEqual(['silent']);
    expect(troublesOf({ ...fine, door: { ...door, heardSeconds: undefined } })).toEqual(['silent']);
  });

  it('is that another runs there, whatever that one says of itself', () => {
    expect(troublesOf(withStatus({ signedBy: 'another', state: 'fault-sign' }))).toEqual(['other-key']);
  });

  it.each([{ software: '0.2.0' }, { models: 'cc' }, { settings: 'cc' }])(
    'is what differs from the expected %o',
    (expected) => {
      expect(troublesOf({ ...fine, expected })).toEqual(['differs']);
    },
  );

  it('is a clock that is ahead, by its status or by its report', () => {
    expect(troublesOf(withStatus({ timeSeconds: nowSeconds + 301 }))).toEqual(['clock-wrong']);
    const latest = exampleReport({ windowStartSeconds: nowSeconds });
    expect(troublesOf({ ...fine, latest })).toEqual(['clock-wrong']);
  });
});
