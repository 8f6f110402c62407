import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { LintelError } from '../../../src/lintel-error.ts';
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

/**
 * An emulated arm64 machine with the project at /work, read-only. Its other files are its own and forgotten when it
 * ends. It ends with `await using`, or with the process that started it, however that one ends.
 */
export class Machine implements AsyncDisposable {
  readonly #qemu: ChildProcessWithoutNullStreams;
  readonly #wire: AsyncIterator<string>;
  readonly #folder: string;
  #said = '';
  kernelVersion = '';

  private constructor(parts: MachineParts, checkout: string, folder: string) {
    this.#folder = folder;
    this.#qemu = spawn('setpriv', ['--pdeathsig', 'KILL', ...qemuCommand(parts, checkout, folder)]);
    this.#qemu.stderr.on('data', (data) => {
      this.#said += data;
    });
    this.#qemu.stdin.on('error', () => {}); // the wire is cut: the end of its other direction tells
    this.#wire = createInterface({ input: this.#qemu.stdout })[Symbol.asyncIterator]();
  }

  /** Starts a machine and waits until it takes commands. @throws MachineError */
  static async boot(parts: MachineParts, checkout: string, deadlineMs = 180_000): Promise<Machine> {
    const machine = new Machine(parts, checkout, await mkdtemp(join(tmpdir(), 'lintel-machine-')));
    try {
      const ready = await machine.#until(/^ready (.+)$/, deadlineMs, 'did not come up');
      machine.kernelVersion = ready[1]!;
      return machine;
    } catch (error) {
      await machine[Symbol.asyncDispose]();
      throw error;
    }
  }

  /**
   * Runs a command in /work to its end, and to the end of every process that it leaves behind with its output open.
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

  async [Symbol.asyncDispose](): Promise<void> {
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
          throw new MachineError('MACHINE_TIMEOUT', message, await this.#console());
        }
        if (next.done) {
          const message = `the machine stopped and ${complaint}`;
          throw new MachineError('MACHINE_STOPPED', message, await this.#console());
        }
        const match = wanted.exec(next.value);
        if (match) return match;
        if (next.value.startsWith(' ')) onLine?.(next.value.slice(1));
      }
    } finally {
      clearTimeout(timer);
    }
  }

  async #console(): Promise<string> {
    const console = await readFile(join(this.#folder, 'console'), 'utf8').catch(() => '');
    return [...console.split(/\r?\n/).slice(-40), this.#said].join('\n').trim();
  }
}

/** The wire is qemu's standard input and output; the serial console goes to a file. */
function qemuCommand(parts: MachineParts, checkout: string, folder: string): string[] {
  const path = (file: string) => file.replaceAll(',', ',,');
  return [
    ...['qemu-system-aarch64', '-M', 'virt', '-cpu', 'cortex-a72', '-accel', 'tcg,thread=multi'],
    ...['-smp', '2', '-m', '1536', '-display', 'none', '-monitor', 'none', '-nic', 'none', '-no-reboot'],
    ...['-kernel', parts.kernel, '-initrd', parts.initramfs, '-append', 'console=ttyAMA0 quiet panic=-1'],
    ...['-drive', `file=${path(parts.rootDisk)},if=virtio,format=raw,snapshot=on`],
    ...['-drive', `file=${path(parts.projectDisk)},if=virtio,format=raw,readonly=on`],
    ...['-virtfs', `local,path=${path(checkout)},mount_tag=project,security_model=none,readonly=on`],
    ...['-chardev', 'stdio,id=wire', '-device', 'virtio-serial-pci'],
    ...['-device', 'virtserialport,chardev=wire,name=wire'],
    ...['-serial', `file:${join(folder, 'console')}`],
  ];
}
