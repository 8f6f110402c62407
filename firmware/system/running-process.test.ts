import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { RunningProcess } from './running-process.ts';

/** Processes get their turn when the machine has one for them. */
const TURN_MS = 30_000;

let child: ChildProcess | undefined;
afterEach(() => void child?.kill('SIGKILL'));

function sleeper(): RunningProcess {
  child = spawn('sleep', ['60'], { env: { ...process.env, LINTEL_TEST: 'asleep' } });
  return RunningProcess.withPid(child.pid!)!;
}

it('a process is found by its number, and tells its command and environment', async () => {
  const { pid } = sleeper();
  const found = () => RunningProcess.others().find((other) => other.pid === pid);
  await vi.waitFor(() => expect(found()?.command).toEqual(['sleep', '60']), TURN_MS);
  expect(found()?.environment).toContain('LINTEL_TEST=asleep');
});

it('a process is gone once it was killed, and not before', async () => {
  const process = RunningProcess.withId(sleeper().id);
  expect(process.state).toBe('runs');
  process.kill();
  await process.ended();
  expect(process.state).toBe('gone');
});

it('a process that has ended and that nobody has asked about yet is gone', async () => {
  // The shell becomes a program that never asks about what the shell has started, and which ends no sooner: of what it
  // starts beside itself, a shell leads the standard input to /dev/null.
  const stdio = ['pipe', 'pipe', 'ignore'] as const;
  const command = 'exec 3<&0; cat <&3 >/dev/null & echo $!; exec sleep 60';
  child = spawn('sh', ['-c', command], { stdio: [...stdio] });
  const [pid] = await once(child.stdout!.setEncoding('utf8'), 'data');
  const isAsleep = async () => (await readFile(`/proc/${child!.pid}/comm`, 'utf8')) === 'sleep\n';
  await vi.waitFor(async () => expect(await isAsleep()).toBe(true), TURN_MS);
  child.stdin!.end();
  await vi.waitFor(() => expect(RunningProcess.withPid(Number(pid))?.state).toBe('gone'), TURN_MS);
});

it('a later process with the same number is another one, and is not killed in its place', async () => {
  const { pid } = sleeper();
  const earlier = RunningProcess.withId(`${pid}@1`);
  expect(earlier.state).toBe('gone');
  earlier.kill();
  expect(RunningProcess.withPid(pid)?.state).toBe('runs');
});

it('of two processes the one with the smaller number is the earlier one when both started in one tick', () => {
  const [first, second, third] = ['7@20', '8@20', '5@100'].map((id) => RunningProcess.withId(id));
  expect(first!.startedBefore(second!)).toBe(true);
  expect(second!.startedBefore(first!)).toBe(false);
  expect(second!.startedBefore(third!)).toBe(true);
});

it('tells what a process has open', () => {
  const own = RunningProcess.withPid(process.pid)!;
  const descriptor = openSync(import.meta.filename, 'r');
  expect(own.openFiles).toContain(import.meta.filename);
  closeSync(descriptor);
  expect(own.openFiles).not.toContain(import.meta.filename);
});
