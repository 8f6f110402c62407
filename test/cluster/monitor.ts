import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'smol-toml';
import { Child } from './child.ts';
import { freePort } from './free-port.ts';

const CONNECTED = /"msg":"connected"/;

/** As in its file. */
export interface MonitorSettings {
  readonly broker: Readonly<Record<string, unknown>>;
  readonly store: object;
  readonly alarms: object;
}

/** `lintel monitor` with settings of its own, which may be killed and started again. */
export class Monitor {
  readonly name: string;
  readonly #folder: string;
  readonly #file: string;
  #child: Child | undefined;
  /** Reports that earlier lives took, as far as they were asked. */
  #takenBefore = 0;
  readonly #metricsPort: number;

  private constructor(folder: string, name: string, metricsPort: number) {
    this.name = name;
    this.#folder = folder;
    this.#file = join(folder, `${name}.toml`);
    this.#metricsPort = metricsPort;
  }

  /** @param settings but for those that each monitor has its own of */
  static async prepare(folder: string, name: string, settings: MonitorSettings): Promise<Monitor> {
    const port = await freePort();
    const monitor = new Monitor(folder, name, port);
    const own = { page: { listen: '127.0.0.1:0' }, metrics: { port } };
    const broker = { ...settings.broker, client_id: name };
    await writeFile(monitor.#file, stringify({ ...settings, ...own, broker }));
    return monitor;
  }

  /** Resolves when it is connected. */
  async start(): Promise<void> {
    const log = join(this.#folder, `${this.name}.log`);
    this.#child = Child.lintel(['monitor', '--json', '--settings', this.#file], log);
    await this.#child.said(CONNECTED);
  }

  /** The address of the node that it was connected to last. */
  get host(): string {
    return JSON.parse(this.#child!.all(CONNECTED).at(-1)!).host;
  }

  /** So often it was connected in this life. */
  get connections(): number {
    return this.#child!.all(CONNECTED).length;
  }

  /** Resolves when it was connected more often than so. */
  async connectedAgain(connections: number): Promise<void> {
    await this.#child!.said(CONNECTED, connections);
  }

  /** All reports that it took, repeats too; of a life that was killed, as far as it was asked before. */
  async taken(): Promise<number> {
    const text = await (await fetch(`http://127.0.0.1:${this.#metricsPort}/metrics`)).text();
    const counts = [...text.matchAll(/^lintel_reports_stored_total\{.*\} (\d+)$/gm)];
    return this.#takenBefore + counts.reduce((sum, [, count]) => sum + Number(count), 0);
  }

  async kill(): Promise<void> {
    this.#takenBefore = await this.taken();
    await this.#child!.end('SIGKILL');
  }

  async end(): Promise<void> {
    await this.#child?.end('SIGTERM');
  }
}
