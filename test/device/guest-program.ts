import { parseGuestLine } from './guest-report.ts';
import { Machine, MachineError } from './machine/machine.ts';
import type { MachineParts } from './machine/prepare.ts';

export interface Check {
  readonly check: string;
  readonly seconds: number;
  /** Why it failed. */
  readonly error?: string;
}

export interface ProgramReport {
  readonly program: string;
  readonly kernel: string;
  readonly bootSeconds: number;
  readonly seconds: number;
  readonly checks: readonly Check[];
  readonly figures: Readonly<Record<string, string>>;
}

const deadlineMs = 20 * 60_000;
const tailLines = 20;

/**
 * Runs `test/device/guest/<program>.ts` in a machine of its own. A program that does not end well, or checks
 * nothing, counts as a failed check.
 */
export async function runGuestProgram(
  program: string,
  parts: MachineParts,
  checkout: string,
): Promise<ProgramReport> {
  const startMs = performance.now();
  await using machine = await Machine.boot(parts, checkout);
  const bootedMs = performance.now();
  const checks: Check[] = [];
  const figures: Record<string, string> = {};
  const talk: string[] = [];
  const failed = (error: string) => checks.push({ check: `${program} runs to its end`, seconds: 0, error });
  try {
    const { status } = await machine.run(command(program), deadlineMs, (text) => {
      const line = parseGuestLine(text);
      if (line === undefined) talk.push(text);
      else if ('check' in line) checks.push(line);
      else figures[line.figure] = line.value;
    });
    const sound = checks.length > 0 && (status === 0 || checks.some((check) => check.error !== undefined));
    if (!sound) failed(`exit status ${status} after ${checks.length} checks`);
  } catch (error) {
    if (!(error instanceof MachineError)) throw error;
    failed(`${error.message}; its console ends with:\n${error.console}`);
  }
  const last = checks.findLastIndex((check) => check.error !== undefined);
  if (last >= 0 && talk.length > 0) {
    const said = `${checks[last]!.error}\nthe program said:\n${talk.slice(-tailLines).join('\n')}`;
    checks[last] = { ...checks[last]!, error: said };
  }
  return {
    program,
    kernel: machine.kernelVersion,
    bootSeconds: (bootedMs - startMs) / 1000,
    seconds: (performance.now() - bootedMs) / 1000,
    checks,
    figures,
  };
}

function command(program: string): string[] {
  const reporter = [
    '--test-reporter=/work/test/device/guest-reporter.ts',
    '--test-reporter-destination=stdout',
  ];
  return ['node', ...reporter, `/work/test/device/guest/${program}.ts`];
}
