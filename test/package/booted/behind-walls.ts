import type { BootedDebian } from './booted-debian.ts';

const UNIT = 'lintel-probe.service';
const SAID = '/run/lintel-probe.said';

/** What of a unit is about its program, and not about what the program may do. */
const OF_THE_PROGRAM =
  /^(Condition\w+|Type|NotifyAccess|ExecCondition|ExecStart|ExecStopPost|KillMode|WatchdogSec|Restart(Sec)?|Timeout\w+|StartLimit\w+|WantedBy)=/;

/**
 * Runs commands behind the walls of a service, one after another: in a unit of their own that has every other line of the
 * installed one.
 * @returns what they said, in lines
 */
export async function behindWalls(
  debian: BootedDebian,
  service: string,
  commands: readonly (readonly string[])[],
): Promise<string[]> {
  const installed = await debian.read(`/usr/lib/systemd/system/${service}`);
  // A line may go on in the next.
  const walls = installed
    .split(/(?<!\\)\n/)
    .filter((line) => !OF_THE_PROGRAM.test(line) && !line.startsWith('[Install]'));
  const own = [
    'Type=oneshot',
    `StandardOutput=append:${SAID}`,
    'StandardError=null',
    ...commands.map((command) => `ExecStart=-${command.join(' ')}`),
  ];
  await debian.write(`/run/systemd/system/${UNIT}`, `${walls.join('\n')}\n[Service]\n${own.join('\n')}\n`);
  await debian.must(['rm', '-f', SAID]);
  await debian.must(['systemctl', 'daemon-reload']);
  await debian.must(['systemctl', 'start', UNIT]);
  return (await debian.read(SAID)).trimEnd().split('\n');
}
