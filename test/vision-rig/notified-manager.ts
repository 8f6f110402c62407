import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

const LISTEN = `
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1].replace('@', '\\0', 1) if sys.argv[1].startswith('@') else sys.argv[1])
print('listening', flush=True)
while True: print(s.recv(4096).decode(), flush=True)
`;

/** Stands where a service manager does: it listens at a local socket, in Python, since Node has no local datagrams. */
export class NotifiedManager {
  readonly socket: string;
  readonly #process: ChildProcess;
  readonly #told: string[] = [];
  #heard = Promise.withResolvers<void>();

  static async listen(name?: string): Promise<NotifiedManager> {
    const folder = await mkdtemp(join(tmpdir(), 'lintel-notify-'));
    const manager = new NotifiedManager(name ?? join(folder, 'notify'));
    onTestFinished(async () => {
      manager.#process.kill();
      await once(manager.#process, 'exit');
      await rm(folder, { recursive: true });
    });
    await manager.told('listening');
    return manager;
  }

  private constructor(socket: string) {
    this.socket = socket;
    this.#process = spawn('python3', ['-c', LISTEN, socket], { stdio: ['ignore', 'pipe', 'inherit'] });
    createInterface({ input: this.#process.stdout! }).on('line', (line) => {
      this.#told.push(line);
      this.#heard.resolve();
      this.#heard = Promise.withResolvers();
    });
  }

  /** Resolves with the first thing told from then on that is `what`. */
  async told(what: string): Promise<void> {
    for (;;) {
      const at = this.#told.indexOf(what);
      if (at >= 0) {
        this.#told.splice(0, at + 1);
        return;
      }
      await this.#heard.promise;
    }
  }

  /** What was told and not yet asked about. */
  get untold(): readonly string[] {
    return this.#told;
  }
}
