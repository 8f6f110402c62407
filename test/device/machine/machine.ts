import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { LintelError } from '../../../src/lintel-error.ts';
import { Monitor } from './monitor.ts';
import type { MachineParts } from './prepare.ts';

/** How a command in the machine ended: its exit status and what it printed on either stream. */
export interface CommandResult {
  readonly status: number;
  readonly output: string;
}

/** The machine did not do what it was asked to; `console` is the end of what its kernel and init said. */
export class MachineError extends LintelError {
  readonly console: string;

  constructor(code: 'MACHINE_TIMEOUT' | 'MACHINE_STOPPED', message: string, console: string) {
    super(code, message);
    this.console = console;
  }
}

export interface MachineOptions {
  /** An ext4 disk that outlives the machine, at /data. */
  readonly dataDisk?: string | undefined;
  readonly deadlineMs?: number;
}

type Disks = MachineParts & { readonly dataDisk?: string | undefined };

/** How a machine is started: `folder` is for its console and the socket of its monitor. Its wire is standard input and output. */
export type MachineCommand = (folder: string) => readonly string[];

/**
 * An emulated arm64 machine. It ends with `await using`, or with the process that started it, however that one ends, and
 * its power is cut then.
 */
export class Machine implements AsyncDisposable {
  readonly #qemu: ChildProcessWithoutNullStreams;
  readonly #wire: AsyncIterator<string>;
  readonly #folder: string;
  #said = '';
  #monitor: Monitor | undefined;
  /** Its kernel, and how long it took to start. */
  description = '';

  private constructor(command: MachineCommand, folder: string) {
    this.#folder = folder;
    this.#qemu = spawn('setpriv', ['--pdeathsig', 'KILL', ...command(folder)]);
    this.#qemu.stderr.on('data', (data) => {
      this.#said += data;
    });
    this.#qemu.stdin.on('error', () => {}); // the wire is cut: the end of its other direction tells
    this.#wire = createInterface({ input: this.#qemu.stdout })[Symbol.asyncIterator]();
  }

  /**
   * Starts one with the checkout at /lintel, read-only, and waits until it takes commands. Its other files are its own and
   * forgotten when it ends.
   * @throws MachineError
   */
  static boot(parts: MachineParts, options: MachineOptions = {}): Promise<Machine> {
    const { dataDisk, deadlineMs = 180_000 } = options;
    return Machine.start((folder) => qemuCommand({ ...parts, dataDisk }, folder), deadlineMs);
  }

  /** The same with any machine whose guest answers at the wire as `init.sh` does. @throws MachineError */
  static async start(command: MachineCommand, deadlineMs: number): Promise<Machine> {
    const startMs = performance.now();
    const machine = new Machine(command, await mkdtemp(join(tmpdir(), 'lintel-machine-')));
    try {
      await machine.ready(deadlineMs);
      const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
      machine.description += `, started in ${seconds} s`;
      return machine;
    } catch (error) {
      await machine[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Resolves when it takes commands, after a start of its own too. @throws MachineError */
  async ready(deadlineMs: number): Promise<void> {
    const [, kernel] = await this.#until(/^ready (.+)$/, deadlineMs, 'did not come up');
    this.description = `kernel ${kernel}`;
  }

  /**
   * Runs a command (of the test bed: in /lintel) to its end, and to the end of every process that it leaves behind with its output open.
   * After an error the machine is of no further use.
   * @param onLine is given each line of output as it comes
   * @throws MachineError
   */
  async run(
    command: readonly string[],
    deadlineMs: number,
    onLine?: (line: string) => void,
  ): Promise<CommandResult> {
    const line = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
    if (line.includes('\n'))
      throw new LintelError('MACHINE_COMMAND', 'a command for the machine is one line');
    this.#qemu.stdin.write(`${line}\n`);
    let output = '';
    const exit = await this.#until(/^exit (\d+)$/, deadlineMs, `did not finish ${line}`, (text) => {
      output += `${text}\n`;
      onLine?.(text);
    });
    return { status: Number(exit[1]), output };
  }

  /** Keeps the machine as it is now, with everything that runs in it, to be gone back to. @throws LintelError MACHINE_MONITOR */
  async keep(): Promise<void> {
    await this.#monitored('savevm kept');
  }

  /** Goes back to the moment of `keep`, as often as one likes; no command may be under way. @throws LintelError MACHINE_MONITOR */
  async goBack(): Promise<void> {
    await this.#monitored('loadvm kept');
  }

  /** Plugs in a device, as qemu's `-device` names it. @throws LintelError MACHINE_MONITOR */
  async plug(device: string): Promise<void> {
    await this.#monitored(`device_add ${device}`);
  }

  async unplug(id: string): Promise<void> {
    await this.#monitored(`device_del ${id}`);
  }

  async #monitored(command: string): Promise<void> {
    this.#monitor ??= await Monitor.connect(join(this.#folder, 'monitor'));
    await this.#monitor.run(command);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#monitor?.close();
    if (this.#qemu.exitCode === null && this.#qemu.signalCode === null) {
      this.#qemu.kill('SIGKILL');
      await once(this.#qemu, 'close');
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #until(
    wanted: RegExp,
    deadlineMs: number,
    complaint: string,
    onLine?: (line: string) => void,
  ): Promise<RegExpExecArray> {
    const { promise: late, resolve } = Promise.withResolvers<'late'>();
    const timer = setTimeout(resolve, deadlineMs, 'late');
    try {
      for (;;) {
        const next = await Promise.race([this.#wire.next(), late]);
        if (next === 'late') {
          const message = `the machine ${complaint} within ${deadlineMs / 1000} s`;
          throw new MachineError('MACHINE_TIMEOUT', message, await this.#lastSaid());
        }
        if (next.done) {
          const message = `the machine stopped and ${complaint}`;
          throw new MachineError('MACHINE_STOPPED', message, await this.#lastSaid());
        }
        const match = wanted.exec(next.value);
        if (match) return match;
        if (next.value.startsWith(' ')) onLine?.(next.value.slice(1));
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** All that its kernel and its programs have said there. */
  console(): Promise<string> {
    return readFile(join(this.#folder, 'console'), 'utf8').catch(() => '');
  }

  async #lastSaid(): Promise<string> {
    return [...(await this.console()).split(/\r?\n/).slice(-40), this.#said].join('\n').trim();
  }
}

/** Without what measures memory use all the time, and what guards against neighbours: emulated, both cost a lot. */
const kernelOptions = 'console=ttyAMA0 quiet panic=-1 damon_stat.enabled=N mitigations=off';

/** The wire is qemu's standard input and output; the serial console goes to a file. */
function qemuCommand(parts: Disks, folder: string): string[] {
  const path = (file: string) => file.replaceAll(',', ',,');
  return [
    ...['qemu-system-aarch64', '-M', 'virt', '-cpu', 'cortex-a76', '-accel', 'tcg,thread=multi'],
    ...['-smp', '2', '-m', '1024', '-display', 'none', '-monitor', 'none', '-nic', 'none', '-no-reboot'],
    ...['-kernel', parts.kernel, '-initrd', parts.initramfs, '-append', kernelOptions],
    ...['-drive', `file=${path(parts.rootDisk)},if=virtio,format=raw,snapshot=on`],
    ...['-drive', `file=${path(parts.projectDisk)},if=virtio,format=raw,readonly=on`],
    ...['-drive', `file=${path(parts.checkoutDisk)},if=virtio,format=raw,readonly=on`],
    ...(parts.dataDisk ? ['-drive', `file=${path(parts.dataDisk)},if=virtio,format=raw`] : []),
    ...['-qmp', `unix:${path(join(folder, 'monitor'))},server=on,wait=off`],
    ...['-chardev', 'stdio,id=wire', '-device', 'virtio-serial-pci'],
    ...['-device', 'virtserialport,chardev=wire,name=wire'],
    ...['-serial', `file:${join(folder, 'console')}`],
  ];
}
