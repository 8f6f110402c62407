import { describe, expect, it } from 'vitest';
import { SimulatedClock } from '../../time/simulated-clock.ts';
import type { DeviceAddress } from '../../wire/report-topic.ts';
import { SqliteStore } from '../store/sqlite-store.ts';
import { DoorBoard } from './door-board.ts';
import { type BoardNews, LiveBoard } from './live-board.ts';

const front = { site: 'hall', device: 'front' };

function begin() {
  const store = SqliteStore.open(':memory:');
  const clock = new SimulatedClock();
  const listeners = new Set<(door: DeviceAddress) => void>();
  const onChange = (listener: (door: DeviceAddress) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  let reads = 0;
  const doors = store.doors.bind(store);
  store.doors = () => {
    reads++;
    return doors();
  };
  const troubles: unknown[] = [];
  const board = new LiveBoard(new DoorBoard(store, {}), clock, { onChange }, (error) => troubles.push(error));
  const change = async (device: string, site = 'hall') => {
    await store.enrol({ site, device }, 'key');
    for (const listener of listeners) listener({ site, device });
  };
  const found = async () => (await board.shown({ limit: 10 })).found;
  return { store, clock, board, change, found, troubles, reads: () => reads };
}

describe('the board that is kept up with the store', () => {
  it('is read for whoever asks, and not again while nothing changed', async () => {
    const { clock, change, found, reads } = begin();
    await change('front');
    expect([await found(), await found(), reads()]).toEqual([1, 1, 1]);
    await clock.advance(1_001);
    await change('back');
    expect([await found(), reads()]).toEqual([2, 2]);
  });

  it('tells viewers of many changes at once, and of nothing every half minute', async () => {
    const { clock, board, change } = begin();
    const news: BoardNews[] = [];
    board.watch((told) => news.push(told));
    await clock.advance(1);
    news.length = 0;
    for (const device of ['front', 'back', 'side']) await change(device);
    await clock.advance(1_000);
    expect(news.map(({ sites }) => sites)).toEqual([['hall']]);
    await clock.advance(30_000);
    expect(news.map(({ sites }) => sites)).toEqual([['hall'], []]);
    expect(news[1]!.version).toBeGreaterThan(news[0]!.version);
  });

  it('names no site when very many have changed: the news stay short, and concern every page', async () => {
    const { clock, board, change } = begin();
    const news: BoardNews[] = [];
    board.watch((told) => news.push(told));
    await clock.advance(1);
    news.length = 0;
    for (let site = 0; site < 1_000; site++) await change('front', `site-${site}`);
    await clock.advance(1_000);
    expect(news.map(({ sites }) => sites)).toEqual([[]]);
  });

  it('sees at the next tick what another monitor wrote', async () => {
    const { store, clock, found } = begin();
    expect(await found()).toBe(0);
    await store.enrol(front, 'key');
    await clock.advance(30_001);
    expect(await found()).toBe(1);
  });

  it('is read every half minute alone while nobody looks', async () => {
    const { clock, board, change, found, reads } = begin();
    expect(await found()).toBe(0);
    board.watch(() => {})();
    for (let second = 0; second < 60; second++) {
      await change(`door-${second}`);
      await clock.advance(1_000);
    }
    expect(reads()).toBe(3);
    board.close();
    expect(clock.timers).toBe(0);
  });

  it('makes nobody wait for a reading that takes long: news follow', async () => {
    const { store, clock, board, change, found } = begin();
    const latest = store.latestReports.bind(store);
    store.latestReports = async (nowSeconds) => {
      await new Promise<void>((resolve) => clock.after(200, resolve));
      return latest(nowSeconds);
    };
    const first = found();
    await clock.advance(200);
    expect(await first).toBe(0);
    const news: BoardNews[] = [];
    board.watch((told) => news.push(told));
    await clock.advance(10_000);
    await change('front');
    expect(await found()).toBe(0);
    await clock.advance(1);
    expect(news).toEqual([]);
    await clock.advance(200);
    expect(news).toEqual([{ version: 2, sites: ['hall'] }]);
    expect(await found()).toBe(1);
  });

  it('goes on after the store failed once, and says so', async () => {
    const { store, clock, board, change, found, troubles } = begin();
    board.watch(() => {});
    await clock.advance(1);
    const latest = store.latestReports.bind(store);
    store.latestReports = () => Promise.reject(new Error('disk full'));
    await change('front');
    await clock.advance(1_000);
    expect(troubles).toEqual([new Error('disk full')]);
    store.latestReports = latest;
    await clock.advance(31_000);
    expect(await found()).toBe(1);
  });
});
