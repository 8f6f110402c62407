import { describe, expect, it } from 'vitest';
import { type Effect, EVENTS, type InterlockState, initialState, type Step, step } from './interlock.ts';

const STARTS = [true, false].flatMap((optedOut) =>
  (['lit', 'dark'] as const).flatMap((sense) =>
    [true, false].map((mayAim) => ({ optedOut, state: initialState(optedOut, sense, mayAim) })),
  ),
);

/** Every transition that can be reached from these starts, by any order of events, possible or absurd. */
function walk(
  starts: readonly InterlockState[],
): { from: InterlockState; event: (typeof EVENTS)[number]; to: Step }[] {
  const seen = new Map<string, InterlockState>();
  const queue: InterlockState[] = [];
  const visit = (state: InterlockState): void => {
    const key = JSON.stringify(state);
    if (!seen.has(key)) {
      seen.set(key, state);
      queue.push(state);
    }
  };
  for (const start of starts) visit(start);
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

const transitions = walk(STARTS.map(({ state }) => state));
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

  it('ends an opt-out only by a press that began in it, or that was the fifth of a run, and was released in time, or by the automatic return', () => {
    expect(
      failing(
        ({ from, event, to }) =>
          from.optedOut &&
          !to.state.optedOut &&
          !(event === 'released' && (from.button === 'downToReturn' || endsRun(from))) &&
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

/** The fifth press of a run is down, which was honoured as an opt-out. */
const endsRun = ({ run, button, optedOut }: InterlockState): boolean =>
  run === 5 && button === 'down' && optedOut;

describe('aiming, in every state of the interlock under every event', () => {
  it('is reached, watched in, and left by time and by a press', () => {
    for (const event of ['aimingOver', 'pressed'] as const) {
      expect(
        transitions.some(
          ({ from, event: came }) => came === event && from.aiming && from.phase === 'watching',
        ),
      ).toBe(true);
    }
  });

  it('begins only with the release of the fifth short press of a run', () => {
    expect(
      failing(
        ({ from, event, to }) =>
          !from.aiming && to.state.aiming && !(event === 'released' && endsRun(from) && !to.state.optedOut),
      ),
    ).toEqual([]);
  });

  it("begins a run only with a press that opts out: what was chosen before is not undone by it, and a run's presses take turns", () => {
    expect(
      failing(({ from, to }) => from.run === 'none' && typeof to.state.run === 'number' && from.optedOut),
    ).toEqual([]);
    expect(failing(({ to: { state } }) => typeof state.run === 'number' && !takesTurns(state))).toEqual([]);
  });

  it('is out of reach for good where the resident had opted out before the program began, and where it is not asked for in time', () => {
    const before = walk(STARTS.filter(({ optedOut }) => optedOut).map(({ state }) => state));
    expect(before.some(({ to }) => to.state.aiming)).toBe(false);
    const late = walk(transitions.filter(({ event }) => event === 'runsOver').map(({ to }) => to.state));
    expect(late.filter(({ from, to }) => !from.aiming && to.state.aiming)).toEqual([]);
  });

  it('is over when the program is to end, and does not begin then', () => {
    expect(
      failing(({ event, to: { state } }) => event === 'stop' && (state.aiming || state.run !== 'closed')),
    ).toEqual([]);
  });

  it('is ended by a press in its very step, and so is what was seen; the press opts out', () => {
    expect(
      failing(
        ({ from, event, to }) =>
          from.aiming && event === 'pressed' && (to.state.aiming || !to.state.optedOut),
      ),
    ).toEqual([]);
    expect(
      failing(
        ({ from, event, to }) =>
          from.aiming &&
          event === 'pressed' &&
          ['opening', 'watching'].includes(from.phase) &&
          to.effects[0] !== 'closeSensor',
      ),
    ).toEqual([]);
  });

  it('never is while the resident has opted out or the button is down, and never comes twice', () => {
    expect(failing(({ to: { state } }) => state.aiming && (state.optedOut || state.button !== 'up'))).toEqual(
      [],
    );
    expect(failing(({ to: { state } }) => state.aiming && state.run !== 'closed')).toEqual([]);
    expect(failing(({ from, to }) => from.run === 'closed' && to.state.run !== 'closed')).toEqual([]);
  });

  /** With every press the choice turns, and with every release of one that returns. */
  function takesTurns({ run, button, optedOut }: InterlockState): boolean {
    const odd = Number(run) % 2 === 1;
    if (button === 'up') return optedOut === odd;
    return optedOut && (button === 'down' ? odd : button === 'downToReturn' && !odd);
  }
});

describe('one resident at the door', () => {
  function play(...events: (typeof EVENTS)[number][]): Step {
    return playFrom(initialState(false, 'dark'), ...events);
  }
  function playFrom(state: InterlockState, ...events: (typeof EVENTS)[number][]): Step {
    let last: Step = { state, effects: [] };
    for (const event of events) last = step(last.state, event);
    return last;
  }
  const short = ['pressed', 'released', 'choiceSaved'] as const;
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

  describe('who aims the camera', () => {
    const mayAim = initialState(false, 'dark', true);
    const five = [...short, ...short, ...short, ...short, ...short];

    it('presses five times: each press is a choice, and the fifth is taken back when it is released', () => {
      expect(playFrom(mayAim, ...five.slice(0, -2)).state).toMatchObject({ optedOut: true, aiming: false });
      // The third save is still under way when the choice changes again.
      const { state } = playFrom(mayAim, ...five, 'choiceSaved', 'start', 'senseLit', 'opened');
      expect(state).toMatchObject({ phase: 'watching', aiming: true, optedOut: false, choice: 'saved' });
      expect(step(state, 'pressed').state).toMatchObject({ phase: 'closing', aiming: false, optedOut: true });
      expect(step(state, 'aimingOver').state).toMatchObject({ phase: 'watching', aiming: false });
      expect(step(state, 'stop').state.aiming).toBe(false);
    });

    it.each([
      ['a press that is held', [...short, 'pressed', 'pressLong', 'released', 'choiceSaved']],
      ['a button that is stuck', ['pressed', 'stuck', 'released', 'choiceSaved']],
      ['presses that are too slow', [...short, 'runLate']],
      ['presses too late after power-on', [...short, 'runsOver']],
    ] as const)('is not let by %s', (_, begin) => {
      expect(playFrom(mayAim, ...begin, ...five, 'choiceSaved', ...five).state.aiming).toBe(false);
    });

    it('tries again after leaving the button alone for a while', () => {
      const again = [...short, 'runLate', ...short, 'runOver', ...five] as const;
      expect(playFrom(mayAim, ...again).state.aiming).toBe(true);
    });
  });
});
