import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { ServiceManager } from '../../firmware/system/service-manager.ts';
import type { VisionStatus } from '../../firmware/vision-status.ts';
import { NotifiedManager } from '../vision-rig/notified-manager.ts';
import { VisionProcess } from '../vision-rig/vision-process.ts';

it('the program tells the service manager that it can watch, whether it does, that it lives, and that it ends', async () => {
  const manager = await NotifiedManager.listen();
  const env = { NOTIFY_SOCKET: manager.socket, WATCHDOG_USEC: '400000' };
  const vision = await VisionProcess.start({ args: ['--status'], env });
  const phase = (line: Readonly<Record<string, unknown>>) => (line.status as VisionStatus | undefined)?.phase;
  await manager.told('READY=1');
  await manager.told('STATUS=watching');
  await vision.said((line) => phase(line) === 'watching');
  await manager.told('WATCHDOG=1');
  vision.tell('press');
  await manager.told('STATUS=closed');
  await vision.said((line) => phase(line) === 'optedOut');
  const before = manager.untold.length;
  for (let beats = 0; beats < before + 2; beats++) await manager.told('WATCHDOG=1');
  expect(await vision.end('SIGTERM')).toBe(0);
  await manager.told('STOPPING=1');
  expect(manager.untold).toEqual([]);
});

it('the programs that it starts do not know of the service manager', async () => {
  const manager = await NotifiedManager.listen();
  const env = { NOTIFY_SOCKET: manager.socket, WATCHDOG_USEC: '400000' };
  const vision = await VisionProcess.start({ env });
  await manager.told('READY=1');
  const read = (pid: number | string, what: string) =>
    readFile(`/proc/${pid}/${what}`, 'utf8').catch(() => '');
  const own = await read(vision.pid, 'cmdline');
  const checked: string[] = [];
  for (const pid of (await read(vision.pid, `task/${vision.pid}/children`)).trim().split(' ')) {
    const command = await read(pid, 'cmdline');
    // One that has ended has none, and one that is just being started has still that of its parent.
    if (command !== '' && command !== own) checked.push(await read(pid, 'environ'));
  }
  expect(checked).not.toEqual([]);
  for (const environment of checked) expect(environment).not.toMatch(/NOTIFY_SOCKET|WATCHDOG_USEC/);
});

it('a socket that is no file is told too, and one that is gone is no error', async () => {
  const manager = await NotifiedManager.listen(`@lintel-test-${process.pid}`);
  ServiceManager.fromEnvironment({ NOTIFY_SOCKET: manager.socket })!.alive();
  await manager.told('WATCHDOG=1');
  ServiceManager.fromEnvironment({ NOTIFY_SOCKET: '/nowhere/at/all' })!.alive();
});

it('nobody is told where nobody waits, and no sign of life is shown that was asked of another process', () => {
  expect(ServiceManager.fromEnvironment({})).toBeUndefined();
  const asked = { NOTIFY_SOCKET: '/nowhere', WATCHDOG_USEC: '20000000' };
  expect(ServiceManager.fromEnvironment({ ...asked })).toMatchObject({ watchdogMs: 20_000 });
  expect(ServiceManager.fromEnvironment({ ...asked, WATCHDOG_PID: '1' })!.watchdogMs).toBeUndefined();
});
