import { describe, expect, it } from 'vitest';
import { type Effect, EVENTS, type InterlockState, initialState, type Step, step } from './interlock.ts';

/** Every transition that can be reached from any start, by any order of events, possible or absurd. */
function walk(): { from: InterlockState; event: (typeof EVENTS)[number]; to: Step }[] {
  const seen = new Map<string, InterlockState>();
  const queue: InterlockState[] = [];
  const visit = (state: InterlockState): void => {
    const key = JSON.stringify(state);
    if (!seen.has(key)) {
      seen.set(key, state);
      queue.push(state);
    }
  };
  for (const optedOut of [true, false])
    for (const sense of ['lit', 'dark'] as const) visit(initialState(optedOut, sense));
  const transitions = [];
  for (let from = queue.pop(); from; from = queue.pop()) {
    for (const event of EVENTS) {
      const to = step(from, event);
      transitions.push({ from, event, to });
      visit(to.state);
    }
  }
  return transitions;
}

const transitions = walk();
const sensorMayBeOpen = (state: InterlockState): boolean =>
  ['opening', 'watching', 'closing'].includes(state.phase);
const has = (to: Step, effect: Effect): boolean => to.effects.includes(effect);
const failing = (broken: (t: (typeof transitions)[number]) => boolean) =>
  transitions.filter(broken).slice(0, 3);

describe('every state of the interlock under every event', () => {
  it('is walked, and there are enough of them to mean something', () => {
    expect(transitions.length).toBeGreaterThan(2_000);
    for (const phase of [
      'dark',
      'lighting',
      'opening',
      'watching',
      'closing',
      'saving',
      'optedOut',
      'fault',
    ]) {
      expect(transitions.some(({ from }) => from.phase === phase)).toBe(true);
    }
  });

  it('opens the sensor only with the sign commanded lit and sensed lit (P1)', () => {
    expect(
      failing(({ to }) => has(to, 'openSensor') && !(to.state.sign === 'lit' && to.state.sense === 'lit')),
    ).toEqual([]);
  });

  it('keeps the sign commanded lit for as long as the sensor may be open (P1)', () => {
    expect(failing(({ to }) => sensorMayBeOpen(to.state) && to.state.sign !== 'lit')).toEqual([]);
    expect(
      failing(
        ({ from, event, to }) =>
          has(to, 'darkenSign') && sensorMayBeOpen(from) && event !== 'closed' && event !== 'openFailed',
      ),
    ).toEqual([]);
  });

  it('tells the sensor to close in the very step that loses the sense (P1)', () => {
    expect(
      failing(
        ({ from, event, to }) =>
          event === 'senseDark' &&
          ['opening', 'watching'].includes(from.phase) &&
          to.effects[0] !== 'closeSensor',
      ),
    ).toEqual([]);
  });

  it('tells the sensor to close, before anything else, in the very step that takes in a press (P2)', () => {
    expect(
      failing(
        ({ from, event, to }) =>
          event === 'pressed' &&
          ['opening', 'watching'].includes(from.phase) &&
          to.effects[0] !== 'closeSensor',
      ),
    ).toEqual([]);
  });

  it('does not watch while the button is down, while opted out, or while the choice is not on disk (P2)', () => {
    expect(
      failing(
        ({ to: { state } }) =>
          ['opening', 'watching', 'lighting'].includes(state.phase) &&
          (state.optedOut || state.choice !== 'saved' || state.button !== 'up'),
      ),
    ).toEqual([]);
  });

  it('writes the choice in the step that changes it, or after the write that is under way', () => {
    expect(
      failing(
        ({ from, to }) =>
          from.optedOut !== to.state.optedOut && !has(to, 'saveChoice') && to.state.choice !== 'stale',
      ),
    ).toEqual([]);
    expect(failing(({ from, to }) => from.choice === 'stale' && to.state.choice === 'saved')).toEqual([]);
  });

  it('honours a press in every state: it opts out, or its release returns', () => {
    expect(
      failing(({ from, event, to }) => event === 'pressed' && from.button === 'up' && !to.state.optedOut),
    ).toEqual([]);
    expect(
      failing(
        ({ from, event, to }) => event === 'released' && from.button === 'downToReturn' && to.state.optedOut,
      ),
    ).toEqual([]);
  });

  it('ends an opt-out only by a press that began in it and was released in time, or by the automatic return', () => {
    expect(
      failing(
        ({ from, event, to }) =>
          from.optedOut &&
          !to.state.optedOut &&
          !(event === 'released' && from.button === 'downToReturn') &&
          event !== 'returnDue',
      ),
    ).toEqual([]);
  });

  it('acknowledges only what was written or could not be, with the sensor closed or told to close', () => {
    expect(
      failing(
        ({ event, to }) => has(to, 'acknowledge') && !(event === 'choiceSaved' || event === 'choiceUnsaved'),
      ),
    ).toEqual([]);
    expect(failing(({ to }) => has(to, 'acknowledge') && !to.state.optedOut)).toEqual([]);
    expect(
      failing(({ to }) => has(to, 'acknowledge') && ['opening', 'watching'].includes(to.state.phase)),
    ).toEqual([]);
  });

  it('rests in the dark only with the choice decided', () => {
    expect(failing(({ to: { state } }) => state.phase === 'optedOut' && state.choice === 'saving')).toEqual(
      [],
    );
    expect(
      failing(
        ({ to: { state } }) => ['dark', 'optedOut', 'fault'].includes(state.phase) && state.sign === 'lit',
      ),
    ).toEqual([]);
  });

  it('never opens again while a fault stands', () => {
    expect(
      failing(
        ({ to: { state } }) =>
          state.fault !== undefined && ['lighting', 'opening', 'watching'].includes(state.phase),
      ),
    ).toEqual([]);
  });
});

describe('one resident at the door', () => {
  function play(...events: (typeof EVENTS)[number][]): Step {
    let last: Step = { state: initialState(false, 'dark'), effects: [] };
    for (const event of events) last = step(last.state, event);
    return last;
  }
  const watching = ['start', 'senseLit', 'opened'] as const;

  it('sees the sign before the sensor opens', () => {
    expect(play('start').effects).toEqual(['lightSign']);
    expect(play('start', 'senseLit').effects).toEqual(['openSensor']);
    expect(play(...watching).state.phase).toBe('watching');
  });

  it('presses: sensor first, then the disk, then the sign and the call for the other way in', () => {
    expect(play(...watching, 'pressed').effects).toEqual(['closeSensor', 'saveChoice']);
    expect(play(...watching, 'pressed', 'closed').effects).toEqual([]);
    expect(play(...watching, 'pressed', 'closed', 'choiceSaved').effects).toEqual([
      'darkenSign',
      'acknowledge',
    ]);
    expect(play(...watching, 'pressed', 'closed', 'choiceSaved', 'released', 'senseDark').state.phase).toBe(
      'optedOut',
    );
  });

  it('presses again, and the camera watches again once the button is up', () => {
    const again = play(
      ...watching,
      'pressed',
      'closed',
      'choiceSaved',
      'released',
      'senseDark',
      'pressed',
      'released',
      'choiceSaved',
    );
    expect(again.state.phase).toBe('lighting');
  });

  it('holds the button down for too long: stays opted out', () => {
    expect(
      play(...watching, 'pressed', 'closed', 'choiceSaved', 'stuck', 'released', 'senseDark').state.phase,
    ).toBe('optedOut');
    expect(play('pressed', 'choiceSaved', 'released', 'pressed', 'stuck', 'released').state.optedOut).toBe(
      true,
    );
  });

  it('meets a sign that does not light: a fault, the sensor stays closed, tried again later', () => {
    expect(play('start', 'lightTimeout').state).toMatchObject({ phase: 'fault', fault: 'signDark' });
    expect(play('start', 'lightTimeout').effects).toEqual(['darkenSign']);
    expect(play('start', 'lightTimeout', 'retryDue').state.phase).toBe('lighting');
  });

  it('meets a sign that is lit though it was told to be dark: a fault for as long as that lasts', () => {
    expect(play('senseLit', 'start').state.phase).toBe('dark');
    expect(play('senseLit', 'start', 'darkTimeout').state.fault).toBe('signLit');
    expect(play('senseLit', 'start', 'darkTimeout', 'retryDue').state.fault).toBe('signLit');
    expect(play('senseLit', 'start', 'darkTimeout', 'senseDark', 'retryDue').state.phase).toBe('lighting');
  });

  it('meets a sensor that takes too long to open: it is told to close, and tried again later', () => {
    const late = play('start', 'senseLit', 'openTimeout');
    expect(late.state).toMatchObject({ phase: 'closing', fault: 'sensor', sign: 'lit' });
    expect(late.effects).toEqual(['closeSensor']);
    expect(step(late.state, 'closed').state).toMatchObject({ phase: 'fault', sign: 'dark' });
  });

  it('meets a sensor that does not close: a fault, and the sign stays lit', () => {
    const stuck = play(...watching, 'pressed', 'closeTimeout');
    expect(stuck.state).toMatchObject({
      phase: 'closing',
      fault: 'sensorStuck',
      sign: 'lit',
      optedOut: true,
    });
    expect(step(stuck.state, 'retryDue').state).toMatchObject({ phase: 'closing', sign: 'lit' });
  });

  it('meets a full disk: the camera stays closed, and the choice is written again later', () => {
    const full = play(...watching, 'pressed', 'closed', 'choiceUnsaved');
    expect(full.state).toMatchObject({ phase: 'fault', fault: 'choiceUnsaved', optedOut: true });
    expect(full.effects).toEqual(['darkenSign', 'acknowledge']);
    expect(step(full.state, 'retryDue').effects).toEqual(['saveChoice']);
  });
});
