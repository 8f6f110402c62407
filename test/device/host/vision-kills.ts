import { distribution } from '../guest-report.ts';
import { Machine } from '../machine/machine.ts';
import type { MachineParts } from '../machine/prepare.ts';
import type { Say } from '../program.ts';
import { askDoors, beginDoors } from '../vision/door-client.ts';
import { DOORS, type KillOrder, type KillSeen } from '../vision/door-server.ts';

const rounds = 34;
const presses = ['none', 'out', 'back'] as const;
const longestMs = 500;

/**
 * Kills `vision` at some hundred moments. It is started once, which takes emulation half a minute, and the whole
 * machine, kernel and all, is put back to that moment after each round of kills.
 */
export async function run(parts: MachineParts, say: Say): Promise<void> {
  await using machine = await Machine.boot(parts);
  say({ figure: 'machine', value: machine.description });
  await beginDoors(machine);
  await machine.keep();
  const beganMs = performance.now();
  const seen: KillSeen[] = [];
  for (let round = 0; round < rounds; round++) {
    await machine.goBack();
    const orders = Array.from({ length: DOORS }, (_, door) => ({
      press: presses[(round + door) % presses.length]!,
      afterMs: Math.round(Math.random() * longestMs),
    }));
    seen.push(...(await askDoors<KillOrder[], KillSeen[]>(machine, orders)));
  }

  const seconds = (performance.now() - beganMs) / 1000;
  const at = (phase: KillSeen['atKill']) => seen.filter(({ atKill }) => atKill === phase).length;
  const lit = seen.filter(({ atKill }) => atKill !== 'dark');
  const acknowledged = seen.filter((kill) => kill.acknowledged);
  say({
    figure: 'kills',
    value: `${at('open')} while the sensor was open, ${at('lit')} under a lit sign, ${at('dark')} in the dark`,
  });
  say({ figure: 'kill to sign dark', value: distribution(lit.map(({ killToDarkMs }) => killToDarkMs)) });
  const violations = seen.flatMap((kill) => kill.violations);
  say({
    check: `at each of ${seen.length} kills the sensor is closed before the sign goes dark, and nothing stays on`,
    seconds,
    ...(violations.length > 0 && { error: violations.join('\n') }),
  });
  const forgotten = acknowledged.filter(({ keptOptOut }) => !keptOptOut).length;
  say({
    check: 'an opt-out that was acknowledged before the kill is on the disk after it',
    seconds: 0,
    ...(acknowledged.length === 0 && { error: 'no kill came after an acknowledgement' }),
    ...(forgotten > 0 && { error: `${forgotten} of ${acknowledged.length} were forgotten` }),
  });
}
