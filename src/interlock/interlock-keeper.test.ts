import { describe, expect, it } from 'vitest';
import { SimulatedClock } from '../time/simulated-clock.ts';
import type { InterlockEvent } from './interlock.ts';
import { InterlockKeeper, type KeeperTimes } from './interlock-keeper.ts';

const TIMES: KeeperTimes = { lightMs: 200, darkMs: 1_000, sensorMs: 5_000, retryMs: 10_000, assistMs: 3_000 };

/** A door of which every command is written down; the lamp lights as it is told, unless it is broken. */
class Door {
  readonly clock = new SimulatedClock();
  readonly log: string[] = [];
  lampWorks = true;
  saves = true;
  closes = true;
  readonly keeper: InterlockKeeper;

  constructor(times: KeeperTimes = TIMES) {
    this.keeper = new InterlockKeeper({
      clock: this.clock,
      times,
      optedOut: false,
      sense: 'dark',
      lines: {
        setSign: (lit) => {
          this.log.push(lit ? 'sign lit' : 'sign dark');
          if (this.lampWorks) this.keeper.send(lit ? 'senseLit' : 'senseDark');
        },
        setAssist: (active) => void this.log.push(active ? 'assist on' : 'assist off'),
      },
      sensor: {
        open: async () => void this.log.push('open'),
        close: async () => {
          this.log.push('close');
          if (!this.closes) throw new Error('the camera program does not end');
          this.log.push('closed');
        },
      },
      choice: {
        save: async (optedOut) => {
          if (!this.saves) throw new Error('disk full');
          this.log.push(`saved ${optedOut}`);
        },
      },
    });
  }

  async send(...events: InterlockEvent[]): Promise<void> {
    for (const event of events) this.keeper.send(event);
    await this.clock.advance(0);
  }
}

describe('the keeper of the interlock', () => {
  it('opens the sensor after the sign is seen, and on a press closes, saves, darkens and calls, in this order', async () => {
    const door = new Door();
    await door.send('start');
    expect(door.log).toEqual(['sign lit', 'open']);
    door.log.length = 0;
    await door.send('pressed');
    expect(door.log).toEqual(['close', 'closed', 'saved true', 'sign dark', 'assist on']);
    await door.clock.advance(3_000);
    expect(door.log.at(-1)).toBe('assist off');
  });

  it('never opens when the lamp is dead, and tries again after a while', async () => {
    const door = new Door();
    door.lampWorks = false;
    await door.send('start');
    await door.clock.advance(200);
    expect(door.keeper.state.fault).toBe('signDark');
    expect(door.log).toEqual(['sign lit', 'sign dark']);
    door.lampWorks = true;
    await door.clock.advance(10_000);
    expect(door.keeper.state.phase).toBe('watching');
  });

  it('leaves the sign lit for as long as the sensor will not close, and tries again', async () => {
    const door = new Door();
    await door.send('start');
    door.closes = false;
    await door.send('stop');
    await door.clock.advance(25_000);
    expect(door.log.filter((line) => line === 'close').length).toBe(3);
    expect(door.log).not.toContain('sign dark');
    door.closes = true;
    await door.clock.advance(10_000);
    expect(door.log.slice(-2)).toEqual(['closed', 'sign dark']);
  });

  it('writes a choice again that a full disk refused', async () => {
    const door = new Door();
    await door.send('start');
    door.saves = false;
    await door.send('pressed');
    await door.send('released');
    expect(door.keeper.state).toMatchObject({ phase: 'fault', fault: 'choiceUnsaved', optedOut: true });
    door.saves = true;
    await door.clock.advance(10_000);
    expect(door.log).toContain('saved true');
    expect(door.keeper.state.phase).toBe('optedOut');
  });

  it('ends an opt-out by itself only where that was set', async () => {
    const never = new Door();
    await never.send('start');
    await never.send('pressed');
    await never.send('released');
    await never.clock.advance(1e9);
    expect(never.keeper.state.phase).toBe('optedOut');

    const later = new Door({ ...TIMES, returnMs: 60_000 });
    await later.send('start');
    await later.send('pressed');
    await later.clock.advance(59_999);
    await later.send('released');
    await later.clock.advance(59_999);
    expect(later.keeper.state.phase).toBe('optedOut');
    await later.clock.advance(1);
    expect(later.keeper.state.phase).toBe('watching');
  });

  it('stops with the sensor closed before the sign goes out', async () => {
    const door = new Door();
    await door.send('start');
    await door.keeper.stop();
    expect(door.log).toEqual(['sign lit', 'open', 'close', 'closed', 'sign dark']);
  });
});

describe('the keeper of the interlock, once it was stopped', () => {
  it('does not begin again, whoever asks', async () => {
    const door = new Door();
    await door.send('start');
    const stopped = door.keeper.stop();
    await door.send('start');
    await stopped;
    await door.send('start', 'senseDark');
    expect(door.log).toEqual(['sign lit', 'open', 'close', 'closed', 'sign dark']);
  });

  it('has no timer left, and sets none for what it is still told', async () => {
    const door = new Door();
    door.lampWorks = false;
    await door.send('start');
    await door.clock.advance(200);
    expect(door.keeper.state.phase).toBe('fault');
    await door.keeper.stop();
    await door.send('senseLit');
    expect(door.clock.timers).toBe(0);
  });
});
