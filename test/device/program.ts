import type { GuestLine } from './guest-report.ts';
import { MachineError } from './machine/machine.ts';
import type { MachineParts } from './machine/prepare.ts';

/** Takes a check or a figure. */
export type Say = (line: GuestLine) => void;

/** A part of the device tests: boots what machines it needs, and says what it finds. */
export interface Program {
  readonly name: string;
  /** @throws MachineError when a machine does not start, or stops */
  run(parts: MachineParts, say: Say, talk: (text: string) => void): Promise<void>;
}

export interface ProgramReport {
  readonly program: string;
  readonly seconds: number;
  readonly checks: readonly Extract<GuestLine, { check: string }>[];
  readonly figures: readonly Extract<GuestLine, { figure: string }>[];
}

const talkLines = 20;

/** Runs a program. That it checks nothing, or does not end well, counts as one more check, failed. */
export async function runProgram(
  program: Program,
  parts: MachineParts,
  print: (text: string) => void,
): Promise<ProgramReport> {
  const startMs = performance.now();
  const said: GuestLine[] = [];
  const talk: string[] = [];
  const say = (line: GuestLine) => {
    said.push(line);
    print(inWords(line));
  };
  const failed = (error: string) => say({ check: `${program.name} runs to its end`, seconds: 0, error });
  print(program.name);
  try {
    await program.run(parts, say, (text) => talk.push(text));
    if (!said.some((line) => 'check' in line)) failed('it checked nothing');
  } catch (error) {
    if (!(error instanceof MachineError)) throw error;
    failed(`${error.message}; its console ends with:\n${error.console}`);
  }
  const checks = said.filter((line) => 'check' in line);
  if (checks.some(({ error }) => error !== undefined)) print(talk.slice(-talkLines).join('\n'));
  const figures = said.filter((line) => 'figure' in line);
  return { program: program.name, seconds: (performance.now() - startMs) / 1000, checks, figures };
}

function inWords(line: GuestLine): string {
  if ('figure' in line) return `        ${line.figure}: ${line.value}`;
  if (line.error === undefined) return `  ok    ${line.check}`;
  return `  FAIL  ${line.check}\n${line.error.replaceAll(/^/gm, '        ')}`;
}
