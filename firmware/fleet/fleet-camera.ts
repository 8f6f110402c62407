import { createHash } from 'node:crypto';
import { RandomDraws } from '../../src/anonymise/draws.ts';
import { Releaser } from '../../src/anonymise/release.ts';
import { exampleSigner } from '../../src/wire/example-signer.ts';
import type { Report } from '../../src/wire/report.ts';
import { encodeReport } from '../../src/wire/report-codec.ts';
import type { DeviceAddress } from '../../src/wire/report-topic.ts';
import type { Signer } from '../../src/wire/signature.ts';
import { encodeStatus } from '../../src/wire/status-codec.ts';
import { HashRandom } from './hash-random.ts';

/** What is wrong with a simulated camera. */
export const FLEET_FAULTS = ['silent', 'sign-fault', 'clock-ahead', 'repeats'] as const;
export type FleetFault = (typeof FLEET_FAULTS)[number];

const DOORS_A_SITE = 20;
/** Of every so many cameras one has a fault, each another one than the one before. */
const FAULTY = 10;
const AHEAD_SECONDS = 3_600;
/** So many people pass a busy door in an hour. */
const MOST_AN_HOUR = 120;
const SUPPRESS_BELOW = 10;

/** A camera without pixels: seeded crossings, the real noise, its own key. The same seed gives the same reports. */
export class FleetCamera {
  readonly address: DeviceAddress;
  readonly fault: FleetFault | undefined;
  readonly signer: Signer;
  readonly #seed: string;

  constructor(seed: number, number: number, withFaults: boolean) {
    this.#seed = `lintel-fleet/${seed}/${number}`;
    const site = `fleet-${Math.floor(number / DOORS_A_SITE)}`;
    this.address = { site, device: `door-${number % DOORS_A_SITE}` };
    this.fault =
      withFaults && number % FAULTY === 0
        ? FLEET_FAULTS[Math.floor(number / FAULTY) % FLEET_FAULTS.length]
        : undefined;
    this.signer = exampleSigner(createHash('sha256').update(this.#seed).digest('hex'));
  }

  /** The report of the window that begins then. */
  report(startSeconds: number, seconds: number): Uint8Array {
    return encodeReport(this.#release(startSeconds, seconds), this.address, this.signer);
  }

  /** Its status at the beginning of a window. */
  status(startSeconds: number, state: 'running' | 'lost' = 'running'): Uint8Array {
    const status = {
      state: state === 'running' && this.fault === 'sign-fault' ? ('fault-sign' as const) : state,
      sense: 'wired' as const,
      timeSeconds: startSeconds + this.#aheadSeconds,
      software: [0, 1, 0] as const,
      modelsSha256: new Uint8Array(32).fill(1),
      settingsSha256: new Uint8Array(32).fill(2),
      evidence: { size: 1, root: new Uint8Array(32).fill(3) },
    };
    return encodeStatus(status, this.address, this.signer);
  }

  get #aheadSeconds(): number {
    return this.fault === 'clock-ahead' ? AHEAD_SECONDS : 0;
  }

  #release(startSeconds: number, seconds: number): Report {
    const draws = new RandomDraws(new HashRandom(`${this.#seed}/${startSeconds}`));
    const releaser = new Releaser(draws, SUPPRESS_BELOW, ['in', 'out']);
    const most = 1 + Math.round((MOST_AN_HOUR * seconds) / 3_600);
    const exact = {
      startSeconds: startSeconds + this.#aheadSeconds,
      seconds,
      in: draws.below(most),
      out: draws.below(most),
      watchedMs: seconds * 1_000,
    };
    const { noiseStandardDeviation, ...release } = releaser.release('window', exact);
    return { ...release, noiseDeviationThousandths: Math.round(1_000 * noiseStandardDeviation) };
  }
}
