import { parseGuestLine } from './guest-report.ts';
import { Machine } from './machine/machine.ts';
import type { Program } from './program.ts';

const deadlineMs = 15 * 60_000;

/**
 * `test/device/guest/<name>.ts`, which `node:test` runs in a machine of its own.
 * @param timed whether a time over its bound is a failure
 */
export function guestProgram(name: string, timed: boolean): Program {
  return {
    name,
    async run(parts, say, talk) {
      await using machine = await Machine.boot(parts);
      say({ figure: 'machine', value: machine.description });
      let explained = false;
      const { status } = await machine.run(command(name, timed), deadlineMs, (text) => {
        const line = parseGuestLine(text);
        if (!line) return talk(text);
        say(line);
        if ('check' in line && line.error !== undefined) explained = true;
      });
      if (status === 0 || explained) return;
      const error = `it ended with status ${status}, and that is not what its checks say`;
      say({ check: `${name} runs to its end`, seconds: 0, error });
    },
  };
}

function command(name: string, timed: boolean): string[] {
  const reporter = [
    '--test-reporter=/lintel/test/device/guest-reporter.ts',
    '--test-reporter-destination=stdout',
  ];
  return [
    'env',
    `LINTEL_TIMED=${Number(timed)}`,
    'node',
    ...reporter,
    `/lintel/test/device/guest/${name}.ts`,
  ];
}
