import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { LintelError } from '../../../src/lintel-error.ts';

interface Answer {
  readonly return?: string;
  readonly error?: { readonly desc: string };
}

/** Commands to the emulator itself, over its socket (QEMU Machine Protocol). One at a time. */
export class Monitor {
  readonly #socket: Socket;
  readonly #lines: AsyncIterator<string>;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  }

  /** @throws LintelError MACHINE_MONITOR */
  static async connect(path: string): Promise<Monitor> {
    const socket = connect(path);
    await once(socket, 'connect');
    const monitor = new Monitor(socket);
    await monitor.#ask({ execute: 'qmp_capabilities' });
    return monitor;
  }

  /** Runs one of the commands that the emulator has for people. @throws LintelError MACHINE_MONITOR with what it said */
  async run(command: string): Promise<void> {
    const said = await this.#ask({
      execute: 'human-monitor-command',
      arguments: { 'command-line': command },
    });
    if (said !== '')
      throw new LintelError('MACHINE_MONITOR', `the machine did not ${command}: ${said.trim()}`);
  }

  close(): void {
    this.#socket.destroy();
  }

  async #ask(question: object): Promise<string> {
    this.#socket.write(`${JSON.stringify(question)}\n`);
    for (;;) {
      const { done, value } = await this.#lines.next();
      if (done) throw new LintelError('MACHINE_MONITOR', 'the machine stopped');
      const answer = JSON.parse(value) as Answer;
      if (answer.error) throw new LintelError('MACHINE_MONITOR', answer.error.desc);
      // Else it is a greeting or an event.
      if ('return' in answer) return typeof answer.return === 'string' ? answer.return : '';
    }
  }
}
