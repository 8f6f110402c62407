import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

interface NotifyPart {
  /** Sends one datagram to a local socket. @throws Error whose `code` is the kernel's, such as ECONNREFUSED */
  notify(socket: string, text: string): void;
}

/**
 * The service manager that started this program and waits to be told how it is (sd_notify(3)). One datagram tells it,
 * from a function of our own: Node has no local datagrams, and the program `systemd-notify` would be one more process
 * for every beat, which the manager would have to believe as it believes this one.
 */
export class ServiceManager {
  readonly #socket: string;
  readonly #part: NotifyPart;
  /** How long it waits for a sign of life; undefined: it does not. */
  readonly watchdogMs: number | undefined;
  #status = '';

  /** None where nobody waits. What says so is taken out of the environment: it is not for the programs started here. */
  static fromEnvironment(environment: NodeJS.ProcessEnv = process.env): ServiceManager | undefined {
    const { NOTIFY_SOCKET: socket, WATCHDOG_USEC: micros, WATCHDOG_PID: pid } = environment;
    for (const name of ['NOTIFY_SOCKET', 'WATCHDOG_USEC', 'WATCHDOG_PID']) delete environment[name];

    if (!socket) return undefined;
    const isOurs = micros !== undefined && (pid === undefined || pid === String(process.pid));
    return new ServiceManager(socket, isOurs ? Number(micros) / 1_000 : undefined);
  }

  private constructor(socket: string, watchdogMs: number | undefined) {
    const file = new URL(`../../build/native/${process.arch}/notify.node`, import.meta.url);
    this.#part = createRequire(import.meta.url)(fileURLToPath(file));
    this.#socket = socket;
    this.watchdogMs = watchdogMs;
  }

  ready(): void {
    this.#tell('READY=1');
  }

  stopping(): void {
    this.#tell('STOPPING=1');
  }

  /** What `systemctl status` shows. It is kept nowhere, and has no time of its own. */
  says(status: string): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#tell(`STATUS=${status}`);
  }

  alive(): void {
    this.#tell('WATCHDOG=1');
  }

  /** What it is not told, it acts upon by itself. */
  #tell(what: string): void {
    try {
      this.#part.notify(this.#socket, what);
    } catch {}
  }
}
