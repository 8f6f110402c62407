import type { Edge } from './board.ts';
import type { Door } from './door.ts';
import type { Deed, Ending, Press, Schedule } from './schedule.ts';

/** Longer than any fault takes to be tried again once it is mended, and than any closing, rest or start. */
const SETTLED_MS = 30_000;

/** Does all that a schedule says, and then mends everything and lets the door settle. */
export async function carryOut(door: Door, { resident, fate }: Schedule): Promise<void> {
  const timeline = [...timed(resident), ...timed(fate)].sort((a, b) => a.atMs - b.atMs);
  door.start();
  for (const { atMs, deed } of timeline) {
    await door.clock.advance(Math.max(0, atMs - door.clock.monotonicMs()));
    await carryOutOne(door, deed);
  }
  const lastMs = Math.max(0, ...timeline.map(({ atMs, deed }) => atMs + lengthMs(deed)));
  await door.clock.advance(lastMs - door.clock.monotonicMs());
  door.board.setLamp('whole');
  Object.assign(door.cameraFaults, { open: false, openMs: 0, closeMs: 0 });
  await door.clock.advance(SETTLED_MS);
}

function timed(deeds: readonly Deed[]): { atMs: number; deed: Deed }[] {
  let atMs = 0;
  return deeds.map((deed) => {
    const timedDeed = { atMs: atMs + deed.afterMs, deed };
    atMs = timedDeed.atMs + lengthMs(deed);
    return timedDeed;
  });
}

async function carryOutOne(door: Door, deed: Deed): Promise<void> {
  switch (deed.do) {
    case 'press':
      press(door, deed);
      break;
    case 'break lamp':
      door.board.setLamp(deed.lamp, deed.edge);
      door.clock.after(deed.forMs, () => door.board.setLamp('whole'));
      break;
    case 'break camera':
      door.cameraFaults.open = true;
      door.clock.after(deed.forMs, () => {
        door.cameraFaults.open = false;
      });
      break;
    case 'end stream':
      door.endStream();
      break;
    case 'replace detector':
      door.replaceDetector();
      break;
    default:
      await end(door, deed);
  }
}

async function end(door: Door, deed: Ending): Promise<void> {
  if (!door.runs) return;
  const startLater = () => void door.clock.after(deed.restMs, () => door.start());
  switch (deed.do) {
    case 'stop':
      void door.end().then(startLater);
      return;
    case 'kill':
      await door.kill();
      break;
    case 'cut power':
      await door.cutPower({ keepsName: (index) => deed.keptNames[index] ?? false, keptBytes: () => 0 });
  }
  startLater();
}

/** The contact bounces when it closes, and in the other order when it opens. */
function press(door: Door, { bounces, holdMs, edge, interrupted }: Press): void {
  let atMs = 0;
  let down = false;
  const change = (byEdge: Edge): void => {
    const turn = down ? () => door.board.release(byEdge) : () => door.board.press(byEdge);
    down = !down;
    door.clock.after(atMs, turn);
  };
  const bounce = (lengths: readonly number[]): void => {
    for (const ms of lengths) {
      change('seen');
      atMs += ms;
    }
  };
  bounce(even(bounces));
  change(edge);
  atMs += holdMs;
  bounce(even(bounces).reverse());
  change(edge);
  if (interrupted) door.clock.after(interrupted.atMs, () => void end(door, interrupted));
}

/** An even number of changes leaves the contact as it was. */
function even(bounces: readonly number[]): number[] {
  return bounces.slice(0, bounces.length - (bounces.length % 2));
}

function lengthMs(deed: Deed): number {
  return deed.do === 'press' ? deed.holdMs + 2 * deed.bounces.reduce((sum, ms) => sum + ms, 0) : 0;
}
