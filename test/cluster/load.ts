import { join } from 'node:path';
import type { FleetSummary } from '../../firmware/fleet/fleet.ts';
import { FleetCamera } from '../../firmware/fleet/fleet-camera.ts';
import { Child } from './child.ts';
import { Probe } from './probe.ts';
import { SentReports } from './sent-reports.ts';
import { SpoolDoor } from './spool-door.ts';

export const SEED = 7;
export const SPOOL_DOORS = 4;
export const PROBES = 3;
const WINDOW_SECONDS = 3;
const PACE_MS = 250;

/** Cameras of three kinds that report: those of `lintel fleet`, doors with a spool and an uplink, and probes. */
export class Load {
  readonly sent = new SentReports();
  readonly probes: readonly Probe[];
  readonly doors: readonly SpoolDoor[];
  readonly #cameras: number;
  readonly #fleet: Child;
  readonly #pace: NodeJS.Timeout;
  #releasing: Promise<unknown> = Promise.resolve();

  private constructor(
    cameras: number,
    fleet: Child,
    doors: readonly SpoolDoor[],
    probes: readonly Probe[],
    probed: (probe: Probe, start: number) => void,
  ) {
    this.#cameras = cameras;
    this.#fleet = fleet;
    this.doors = doors;
    this.probes = probes;
    this.#pace = setInterval(() => {
      for (const probe of probes) probed(probe, probe.send(this.sent));
      this.#releasing = this.#releasing.then(() => Promise.all(doors.map((door) => door.release(this.sent))));
    }, PACE_MS);
  }

  /** Resolves when all are connected. @param probed told of each window that a probe sends */
  static async start(
    folder: string,
    urls: readonly string[],
    cameras: number,
    probed: (probe: Probe, start: number) => void,
  ): Promise<Load> {
    const spread = ['--broker', ...urls, '--mqtt', '3.1.1', '--cameras', `${cameras}`, '--seed', `${SEED}`];
    const fleet = Child.lintel(
      ['fleet', ...spread, '--every', `${WINDOW_SECONDS}s`, '--faults', '--json'],
      join(folder, 'fleet.log'),
    );
    await fleet.said(/are connected/);
    const camera = (number: number) => new FleetCamera(SEED, number, false);
    const doors: SpoolDoor[] = [];
    for (let door = 0; door < SPOOL_DOORS; door++) {
      doors.push(await SpoolDoor.start(join(folder, `door-${door}`), camera(cameras + door), urls));
    }
    const probes: Probe[] = [];
    for (let probe = 0; probe < PROBES; probe++) {
      const turned = urls.map((_, at) => urls[(at + probe) % urls.length]!);
      probes.push(await Probe.connect(camera(cameras + SPOOL_DOORS + probe), turned));
    }
    return new Load(cameras, fleet, doors, probes, probed);
  }

  /** Resolves when so many windows more were acknowledged. */
  async windows(more: number): Promise<void> {
    const window = /^window \d+: all acknowledged/;
    await this.#fleet.said(window, this.#fleet.all(window).length + more - 1);
  }

  /** Ends the load. Resolves when all that was sent is acknowledged. @returns what the fleet says of itself */
  async end(): Promise<FleetSummary> {
    clearInterval(this.#pace);
    await this.#releasing;
    for (const probe of this.probes) await probe.end();
    for (const door of this.doors) await door.emptied();
    for (const door of this.doors) await door.end();
    await this.#fleet.end('SIGTERM');
    const summary: FleetSummary = JSON.parse(await this.#fleet.said(/^\{/));
    this.#addFleet(summary);
    return summary;
  }

  /** What it was is known from its seed. */
  #addFleet({ windowStarts }: FleetSummary): void {
    for (let number = 0; number < this.#cameras; number++) {
      const camera = new FleetCamera(SEED, number, true);
      if (camera.fault === 'silent') continue;
      for (const start of windowStarts) this.sent.add(camera.address, camera.report(start, WINDOW_SECONDS));
    }
  }
}
