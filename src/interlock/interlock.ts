/**
 * The interlock: which lines and which sensor commands follow from what happened. Pure: no clock, no I/O.
 *
 * Invariants, walked exhaustively by `interlock.test.ts`:
 * - The sensor is told to open only while the sign is commanded lit and sensed lit (promise P1).
 * - The sign is told to go dark only when the sensor is known to be closed (P1).
 * - The step that takes in a press, a held button or a lost sense tells an open sensor to close (P1, P2).
 * - The sensor never opens while the resident has opted out, while that choice is not on disk, or while the
 *   button is down (P2).
 * - Aiming begins only with the release of the fifth of five short presses, the first of which found that the resident had
 *   not opted out; each of them was honoured for itself. A press while it lasts ends it and opts out.
 */
export interface InterlockState {
  readonly phase: Phase;
  /** The resident's choice. */
  readonly optedOut: boolean;
  /** Whether the choice is on disk: `stale` means it changed again while an older one was being written. */
  readonly choice: 'saved' | 'saving' | 'stale' | 'unsaved';
  readonly button: 'up' | 'down' | 'downToReturn' | 'stuck';
  /** What the read-back saw last. */
  readonly sense: 'lit' | 'dark';
  /** What the sign was told last. */
  readonly sign: 'lit' | 'dark';
  /** Whether the program is meant to watch at all; false while it ends. */
  readonly wanted: boolean;
  readonly fault: Fault | undefined;
  /** How many of the presses that ask for aiming were made. */
  readonly run: Run;
  /** Whether what is watched is shown to an installer, and nothing is counted. */
  readonly aiming: boolean;
}

/**
 * Short presses that began one soon after the other: `none`, or how many. A `spoiled` run leads nowhere, and is over when the
 * button was left alone for a while. When it is `closed`, none is begun any more.
 */
export type Run = 'none' | 1 | 2 | 3 | 4 | 5 | 'spoiled' | 'closed';
const LAST = 5;

/**
 * - `dark`, `optedOut`, `fault`: at rest, sensor closed, sign told to be dark
 * - `lighting`: sign told to be lit, not yet seen to be; sensor closed
 * - `opening`, `watching`, `closing`: sensor told to open, open, told to close; sign lit
 * - `saving`: sensor closed, the resident's choice on its way to disk; the sign changes only after that
 */
export type Phase =
  | 'dark'
  | 'lighting'
  | 'opening'
  | 'watching'
  | 'closing'
  | 'saving'
  | 'optedOut'
  | 'fault';

export type Fault =
  | 'signDark' // the sign was told to be lit and was not seen to be
  | 'signLit' // the sign was told to be dark and was seen lit
  | 'sensor' // the sensor did not open, or ended by itself
  | 'sensorStuck' // the sensor was told to close and is not known to be closed
  | 'choiceUnsaved'; // the resident's choice could not be written to disk

export const EVENTS = [
  'start',
  'stop',
  'pressed',
  'released',
  'stuck', // the button has been down for too long to be a person's
  'returnDue', // the optional automatic end of an opt-out
  'senseLit',
  'senseDark',
  'lightTimeout', // in `lighting` for too long
  'darkTimeout', // at rest, and the sign seen lit for too long
  'openTimeout', // in `opening` for too long
  'closeTimeout', // in `closing` for too long
  'opened',
  'openFailed', // and the sensor is known to be closed
  'sensorEnded', // by itself; it is still to be closed
  'closed',
  'choiceSaved',
  'choiceUnsaved',
  'retryDue', // in `fault` for long enough to try again
  'pressLong', // the button is down for longer than a short press
  'runLate', // the run has lasted for too long
  'runOver', // the button was left alone for long enough for another run to begin
  'runsOver', // the time after power-on in which aiming may be asked for is over
  'aimingOver', // it has lasted for as long as it may
] as const;
export type InterlockEvent = (typeof EVENTS)[number];

export type Effect = 'lightSign' | 'darkenSign' | 'openSensor' | 'closeSensor' | 'saveChoice' | 'acknowledge'; // the opt-out holds: call the other way in

export interface Step {
  readonly state: InterlockState;
  /** In the order in which they are to be carried out. */
  readonly effects: readonly Effect[];
}

/**
 * The state of a program that has not begun to watch.
 * @param optedOut what the state file says; one who has opted out before is not to be aimed at
 * @param mayAim whether the presses that ask for aiming are looked for
 */
export function initialState(optedOut: boolean, sense: 'lit' | 'dark', mayAim = false): InterlockState {
  return {
    phase: optedOut ? 'optedOut' : 'dark',
    optedOut,
    choice: 'saved',
    button: 'up',
    sense,
    sign: 'dark',
    wanted: false,
    fault: undefined,
    run: mayAim && !optedOut ? 'none' : 'closed',
    aiming: false,
  };
}

export function step(before: InterlockState, event: InterlockEvent): Step {
  const state = { ...before };
  const effects: Effect[] = [];
  takeIn(state, event, effects);
  move(state, event, effects);
  return { state, effects };
}

type Draft = { -readonly [Key in keyof InterlockState]: InterlockState[Key] };

/** What an event says, whatever the phase. */
function takeIn(state: Draft, event: InterlockEvent, effects: Effect[]): void {
  switch (event) {
    case 'start':
    case 'stop':
      state.wanted = event === 'start';
      if (event === 'stop') {
        state.run = 'closed';
        state.aiming = false;
      }
      break;
    case 'pressed':
      if (state.button !== 'up') break;
      state.button = state.optedOut ? 'downToReturn' : 'down';
      state.run = pressedOnce(state);
      state.aiming = false;
      if (!state.optedOut) choose(state, true, effects);
      break;
    case 'released':
      if (state.button === 'down' && state.run === LAST) {
        state.run = 'closed';
        state.aiming = true;
        choose(state, false, effects);
      }
      if (state.button === 'downToReturn') choose(state, false, effects);
      state.button = 'up';
      break;
    case 'stuck':
      if (state.button !== 'up') state.button = 'stuck';
      spoil(state);
      break;
    case 'returnDue':
      if (state.button === 'up' && state.optedOut) choose(state, false, effects);
      spoil(state);
      break;
    case 'pressLong':
    case 'runLate':
      spoil(state);
      break;
    case 'runOver':
      if (state.run !== 'closed' && state.button === 'up') state.run = 'none';
      break;
    case 'runsOver':
      state.run = 'closed';
      break;
    case 'aimingOver':
      state.aiming = false;
      break;
    case 'senseLit':
    case 'senseDark':
      state.sense = event === 'senseLit' ? 'lit' : 'dark';
      break;
    case 'choiceSaved':
    case 'choiceUnsaved':
      if (state.choice === 'stale') {
        state.choice = 'saving';
        effects.push('saveChoice');
      } else if (state.choice === 'saving') {
        state.choice = event === 'choiceSaved' ? 'saved' : 'unsaved';
        if (state.choice === 'unsaved') state.fault = 'choiceUnsaved';
        if (state.optedOut) effects.push('acknowledge');
      }
      break;
  }
}

/** A run begins only with a press that opts out: what a resident has chosen before is not undone by it. */
function pressedOnce({ run, optedOut }: InterlockState): Run {
  if (run === 'none') return optedOut ? 'spoiled' : 1;
  return typeof run === 'number' && run < LAST ? ((run + 1) as Run) : run;
}

function spoil(state: Draft): void {
  if (typeof state.run === 'number') state.run = 'spoiled';
}

function choose(state: Draft, optedOut: boolean, effects: Effect[]): void {
  state.optedOut = optedOut;
  if (state.choice === 'saving' || state.choice === 'stale') {
    state.choice = 'stale';
  } else {
    state.choice = 'saving';
    effects.push('saveChoice');
  }
}

function move(state: Draft, event: InterlockEvent, effects: Effect[]): void {
  switch (state.phase) {
    case 'dark':
    case 'optedOut':
      if (event === 'darkTimeout' && state.sense === 'lit') state.fault = 'signLit';
      rest(state, effects);
      break;
    case 'fault':
      if (event === 'retryDue') retry(state, effects);
      rest(state, effects);
      break;
    case 'saving':
      rest(state, effects);
      break;
    case 'lighting':
      if (event === 'lightTimeout') state.fault = 'signDark';
      if (!mayWatch(state)) rest(state, effects);
      else if (state.sense === 'lit') {
        state.phase = 'opening';
        effects.push('openSensor');
      }
      break;
    case 'opening':
      if (event === 'openFailed') {
        state.fault = 'sensor';
        rest(state, effects);
        break;
      }
      closeIfNeeded(state, event, effects);
      if (state.phase === 'opening' && event === 'opened') state.phase = 'watching';
      break;
    case 'watching':
      closeIfNeeded(state, event, effects);
      break;
    case 'closing':
      if (event === 'closeTimeout') state.fault = 'sensorStuck';
      if (event === 'closed') rest(state, effects);
      break;
  }
}

/** Leaves `opening` or `watching` when the sensor may not be open any longer. */
function closeIfNeeded(state: Draft, event: InterlockEvent, effects: Effect[]): void {
  if (state.sense === 'dark') state.fault = 'signDark';
  else if (event === 'sensorEnded' || (event === 'openTimeout' && state.phase === 'opening'))
    state.fault = 'sensor';
  else if (mayWatch(state)) return;
  state.phase = 'closing';
  // Before anything else that this step asks for: a write to disk may take its time.
  effects.unshift('closeSensor');
}

/** The sensor is known to be closed: the phase to rest in, or straight on to `lighting`. */
function rest(state: Draft, effects: Effect[]): void {
  if (state.choice === 'saving' || state.choice === 'stale') {
    state.phase = 'saving';
    return;
  }
  if (mayWatch(state) && state.sense === 'dark' && state.sign === 'dark') {
    state.phase = 'lighting';
    state.sign = 'lit';
    effects.push('lightSign');
    return;
  }
  if (state.sign === 'lit') {
    state.sign = 'dark';
    // Before the acknowledgement, of which it is a part.
    effects.unshift('darkenSign');
  }
  if (state.fault) state.phase = 'fault';
  else state.phase = state.optedOut ? 'optedOut' : 'dark';
}

function retry(state: Draft, effects: Effect[]): void {
  if (state.fault === 'signLit' && state.sense === 'lit') return;
  state.fault = undefined;
  if (state.choice === 'unsaved') {
    state.choice = 'saving';
    effects.push('saveChoice');
  }
}

function mayWatch(state: InterlockState): boolean {
  return state.wanted && !state.optedOut && state.choice === 'saved' && state.button === 'up' && !state.fault;
}
