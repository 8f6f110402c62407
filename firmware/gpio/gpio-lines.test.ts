import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { gpioLines } from './gpio-lines.ts';

// What can be seen of the native part without a GPIO chip; test/device/guest/chardev-contract.ts sees the rest.

let folder: string;
let pipe: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-lines-'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  pipe = openSync(join(folder, 'pipe'), constants.O_RDWR);
});
afterEach(() => {
  closeSync(pipe);
  rmSync(folder, { recursive: true });
});

it('calls for as long as there is something to read, and not after the watch is ended', async () => {
  const read: string[] = [];
  const byte = Buffer.alloc(1);
  const { promise, resolve } = Promise.withResolvers<void>();
  const watch = gpioLines.watch(pipe, () => {
    readSync(pipe, byte);
    read.push(byte.toString());
    if (read.length < 3) return;
    gpioLines.unwatch(watch);
    resolve();
  });
  writeSync(pipe, 'abcd');
  await promise;
  for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
  expect(read).toEqual(['a', 'b', 'c']);
});

it.each([
  ['chipInfo', () => gpioLines.chipInfo(pipe), 'ENOTTY'],
  ['consumer', () => gpioLines.consumer(pipe, 1), 'ENOTTY'],
  ['claimOutput', () => gpioLines.claimOutput(pipe, 1, 'test', 1), 'ENOTTY'],
  ['claimInput', () => gpioLines.claimInput(pipe, 1, 'test', 16), 'ENOTTY'],
  ['read', () => gpioLines.read(pipe), 'ENOTTY'],
  ['write', () => gpioLines.write(pipe, 1), 'ENOTTY'],
  ['watch', () => gpioLines.watch(-1, () => {}), 'EBADF'],
  ['a call without what it needs', () => Reflect.apply(gpioLines.read, undefined, []), 'EBADF'],
])("%s throws the kernel's error with its name", (_, call, code) => {
  expect(call).toThrow(expect.objectContaining({ code }));
});

const load = `import(${JSON.stringify(join(import.meta.dirname, 'gpio-lines.ts'))})`;

/** Runs a program of CommonJS, which finds `pipe` to be readable. */
function run(program: string): { status: number | null; stderr: string } {
  writeSync(pipe, 'a');
  const open = `const pipe = require('fs').openSync(${JSON.stringify(join(folder, 'pipe'))}, 'r+');`;
  return spawnSync(process.execPath, ['-e', open + program], { encoding: 'utf8' });
}

it('an error in the listener is an uncaught one', () => {
  const { status, stderr } = run(
    `${load}.then(({ gpioLines }) => gpioLines.watch(pipe, () => { throw new Error('thrown by a test'); }))`,
  );
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: expect.stringContaining('Error: thrown by a test'),
  });
});

it('a program may end while it watches, and a thread may', () => {
  const program = `${load}.then(({ gpioLines }) => { gpioLines.watch(pipe, () => process.exit(7)); })`;
  expect(run(program)).toMatchObject({ status: 7, stderr: '' });
  const thread = `new (require('worker_threads').Worker)(${JSON.stringify(program)}
    .replace('pipe', pipe), { eval: true }).on('exit', (status) => { process.exitCode = status + 1; });`;
  expect(run(thread)).toMatchObject({ status: 8, stderr: '' });
});
