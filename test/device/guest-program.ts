import { type GuestLine, parseGuestLine } from './guest-report.ts';
import { Machine, MachineError } from './machine/machine.ts';
import type { MachineParts } from './machine/prepare.ts';

export interface ProgramReport {
  readonly program: string;
  readonly kernel: string;
  readonly bootSeconds: number;
  readonly seconds: number;
  readonly checks: readonly Extract<GuestLine, { check: string }>[];
  readonly figures: readonly Extract<GuestLine, { figure: string }>[];
}

const deadlineMs = 15 * 60_000;
const talkLines = 20;

/**
 * Runs `test/device/guest/<program>.ts` in a machine of its own, and prints each check as it ends. A program that
 * checks nothing, or does not end well, counts as one more check, failed.
 * @throws MachineError when the machine does not start
 */
export async function runGuestProgram(
  program: string,
  parts: MachineParts,
  checkout: string,
  print: (text: string) => void,
): Promise<ProgramReport> {
  const startMs = performance.now();
  await using machine = await Machine.boot(parts, checkout);
  const bootedMs = performance.now();
  const bootSeconds = (bootedMs - startMs) / 1000;
  const kernel = machine.kernelVersion;
  print(`${program} (kernel ${kernel}, started in ${bootSeconds.toFixed(1)} s)`);

  const said: GuestLine[] = [];
  const talk: string[] = [];
  const say = (line: GuestLine) => {
    said.push(line);
    print(inWords(line));
  };
  const failed = (error: string) => say({ check: `${program} runs to its end`, seconds: 0, error });
  try {
    const { status } = await machine.run(command(program), deadlineMs, (text) => {
      const line = parseGuestLine(text);
      if (line) say(line);
      else talk.push(text);
    });
    const explained = said.some((line) => 'check' in line && (status === 0 || line.error !== undefined));
    if (!explained) failed(`it ended with status ${status}, and that is not what its checks say`);
  } catch (error) {
    if (!(error instanceof MachineError)) throw error;
    failed(`${error.message}; its console ends with:\n${error.console}`);
  }
  const checks = said.filter((line) => 'check' in line);
  if (checks.some(({ error }) => error !== undefined)) print(talk.slice(-talkLines).join('\n'));
  const figures = said.filter((line) => 'figure' in line);
  const seconds = (performance.now() - bootedMs) / 1000;
  return { program, kernel, bootSeconds, seconds, checks, figures };
}

function command(program: string): string[] {
  const reporter = [
    '--test-reporter=/work/test/device/guest-reporter.ts',
    '--test-reporter-destination=stdout',
  ];
  return ['node', ...reporter, `/work/test/device/guest/${program}.ts`];
}

function inWords(line: GuestLine): string {
  if ('figure' in line) return `        ${line.figure}: ${line.value}`;
  if (line.error === undefined) return `  ok    ${line.check}`;
  return `  FAIL  ${line.check}\n${line.error.replaceAll(/^/gm, '        ')}`;
}
