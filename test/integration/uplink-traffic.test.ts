import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { RandomDraws } from '../../src/anonymise/draws.ts';
import { SystemRandom } from '../../src/anonymise/random-source.ts';
import { Releaser } from '../../src/anonymise/release.ts';
import { ReleaseSchedule } from '../../src/anonymise/release-schedule.ts';
import { Spool } from '../../src/spool/spool.ts';
import { StatusFiles } from '../../src/spool/status-files.ts';
import { exampleSigner, signedStatus } from '../../src/wire/example-signer.ts';
import { encodeReport } from '../../src/wire/report-codec.ts';
import { type Packet, PacketCapture } from './packet-capture.ts';
import { Authority } from './uplink-authority.ts';
import { address } from './uplink-fixture.ts';
import { Mosquitto } from './uplink-mosquitto.ts';
import { startProgram } from './uplink-program.ts';
import { Network } from './uplink-proxy.ts';

const WINDOWS = 4;
const WINDOW_SECONDS = 900;
/** The last hour of a day, so that the day's report is among what is seen. */
const HOUR_MS = Date.UTC(2026, 0, 5, 23);
/** What a window takes here while people pass, and the steps in which they do. */
const STEPS = 10;
const STEP_MS = 15;
const ROUNDS = 3;
const signer = exampleSigner();

test('an hour with nobody and an hour with 500 people are the same on the wire', async () => {
  const authority = await Authority.make();
  const broker = await Mosquitto.asShipped(authority);
  await broker.start();
  const camera = await authority.camera('hall/front');
  const network = await Network.before(broker.port);
  const capture = await PacketCapture.of(network.port);

  const seen = async (people: number): Promise<readonly Seen[]> => {
    const folder = await mkdtemp(join(tmpdir(), 'lintel-traffic-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const spoolDir = join(folder, 'spool');
    const door = await Door.open(spoolDir, join(folder, 'state'));
    await door.warmUp();
    const program = startProgram(`mqtts://localhost:${network.port}`, spoolDir, { tls: camera });
    await program.said('delivered');
    const hour = await door.hour(people, capture);
    await program.end('SIGTERM');
    return hour;
  };

  const nobody: Seen[] = [];
  const many: Seen[] = [];
  // By turns, so that what else this machine does is spread over both.
  for (let round = 0; round < ROUNDS; round++) {
    nobody.push(...(await seen(0)));
    many.push(...(await seen(500)));
  }
  expect(nobody.flatMap(({ during }) => during)).toEqual([]);
  // The last window ends the day: two reports and the status, each with its acknowledgement.
  expect(nobody.slice(0, WINDOWS).map(({ after }) => after.length)).toEqual([4, 4, 4, 6]);
  const said = (hour: readonly Seen[]) => hour.map(({ during, after }) => ({ during, after }));
  expect(said(many)).toEqual(said(nobody));
  // If the count moved the time, the two would part; by chance they do once in a million times (2 / C(24, 12)).
  const delays = (hour: readonly Seen[]) => hour.map(({ delayMs }) => delayMs);
  expect(Math.min(...delays(many))).toBeLessThanOrEqual(Math.max(...delays(nobody)));
  expect(Math.min(...delays(nobody))).toBeLessThanOrEqual(Math.max(...delays(many)));
});

/** What passed while a window was under way, and between its end and the next one. */
interface Seen {
  readonly during: readonly string[];
  readonly after: readonly string[];
  /** From its end to the last packet. */
  readonly delayMs: number;
}

/** The counting side of a camera, at a door where so many people pass as a test says. */
class Door {
  readonly #status: StatusFiles;
  readonly #schedule: ReleaseSchedule;
  #releasing: Promise<void>[] = [];

  private constructor(spool: Spool, status: StatusFiles) {
    this.#status = status;
    this.#schedule = new ReleaseSchedule({
      windowSeconds: WINDOW_SECONDS,
      timeZone: 'UTC',
      releaser: new Releaser(new RandomDraws(new SystemRandom()), 10, ['in', 'out']),
      isReleased: (level, start) => spool.isReleased(level, start),
      take: ({ noiseStandardDeviation, ...release }) => {
        const report = { ...release, noiseDeviationThousandths: Math.round(noiseStandardDeviation * 1_000) };
        this.#releasing.push(spool.release(release, encodeReport(report, address, signer)));
      },
    });
  }

  static async open(spoolDir: string, stateDir: string): Promise<Door> {
    const door = new Door(await Spool.open({ spoolDir, stateDir }), new StatusFiles(spoolDir));
    await door.#status.write('lost', signedStatus({ state: 'lost' }));
    return door;
  }

  /** The window before the hour, whose report is sent after all that a connection begins with. */
  async warmUp(): Promise<void> {
    this.#schedule.tick(HOUR_MS - 1);
    await this.#endWindow(0);
  }

  async hour(people: number, capture: PacketCapture): Promise<Seen[]> {
    const seen: Seen[] = [];
    for (let window = 1; window <= WINDOWS; window++) {
      const beganMs = Date.now();
      await this.#pass(people / WINDOWS);
      const endedMs = Date.now();
      await this.#endWindow(window);
      // The last one ends the day as well: two reports and the status, each with its acknowledgement.
      const packets = await capture.passed(window === WINDOWS ? 6 : 4, beganMs);
      seen.push(inWindow(packets, endedMs));
    }
    return seen;
  }

  async #endWindow(window: number): Promise<void> {
    const timeSeconds = HOUR_MS / 1_000 + window * WINDOW_SECONDS;
    this.#schedule.tick(timeSeconds * 1_000);
    await this.#status.write('current', signedStatus({ timeSeconds }));
    await Promise.all(this.#releasing.splice(0));
  }

  async #pass(people: number): Promise<void> {
    for (let step = 1; step <= STEPS; step++) {
      for (let person = 0; person < people / STEPS; person++) {
        this.#schedule.crossed(person % 3 === 0 ? 'out' : 'in');
      }
      this.#schedule.watched((WINDOW_SECONDS * 1_000) / STEPS);
      await sleep(STEP_MS);
    }
  }
}

function inWindow(packets: readonly Packet[], endedMs: number): Seen {
  const named = (those: readonly Packet[]) =>
    those.flatMap(({ from, records }) => records.map((bytes) => `${bytes} bytes from the ${from}`));
  return {
    during: named(packets.filter(({ timeMs }) => timeMs < endedMs)),
    after: named(packets.filter(({ timeMs }) => timeMs >= endedMs)).sort(),
    delayMs: Math.max(...packets.map(({ timeMs }) => timeMs)) - endedMs,
  };
}
