import type { Clock } from '../../time/clock.ts';
import { decodeReport } from '../../wire/report-codec.ts';
import { decodeStatus } from '../../wire/status-codec.ts';
import { type DiscoveredDevice, discovery, validSeconds } from '../home-assistant/discovery.ts';
import { reportState, statusState } from '../home-assistant/state-json.ts';
import { availabilityTopic, BIRTH_TOPIC, discoveryTopic, stateTopic } from '../home-assistant/topics.ts';
import { NativeProfile } from './native.ts';
import type { Outgoing, Profile } from './profile.ts';
import { isPast } from './window-age.ts';

/**
 * The camera as a device of Home Assistant (its MQTT integration, device discovery): the native reports, and beside
 * them a mirror in JSON that its templates can read.
 */
export class HomeAssistantProfile implements Profile {
  readonly listensTo = [BIRTH_TOPIC];
  readonly #device: DiscoveredDevice;
  readonly #clock: Clock;
  readonly #native: NativeProfile;

  constructor(device: DiscoveredDevice, clock: Clock) {
    this.#device = device;
    this.#clock = clock;
    this.#native = new NativeProfile(device.address);
  }

  will(): Outgoing {
    return this.#availability('offline');
  }

  birth(): readonly Outgoing[] {
    const { address } = this.#device;
    const config = Buffer.from(JSON.stringify(discovery(this.#device)));
    return [retainedJson(discoveryTopic(address), config), this.#availability('online')];
  }

  /**
   * A report of the past has no mirror: Home Assistant has one time for a state, that of its coming, and would show
   * the count of a night as that of now.
   * @throws LintelError REPORT_MALFORMED
   */
  report(bytes: Uint8Array): readonly Outgoing[] {
    const report = decodeReport(bytes);
    const native = this.#native.report(bytes);
    if (isPast(report, this.#clock.wallMs())) return native;
    const { address, windowSeconds } = this.#device;
    const expirySeconds = validSeconds(report.level, windowSeconds);
    const mirror = retainedJson(stateTopic(address, report.level), reportState(report, bytes));
    return [{ ...mirror, expirySeconds, isMirror: true }, ...native];
  }

  /** @throws LintelError STATUS_MALFORMED */
  status(bytes: Uint8Array): readonly Outgoing[] {
    const { address, windowSeconds } = this.#device;
    const mirror = retainedJson(stateTopic(address, 'status'), statusState(decodeStatus(bytes), bytes));
    return [{ ...mirror, expirySeconds: validSeconds('window', windowSeconds) }];
  }

  /** Home Assistant asks all devices to show themselves when it has started. */
  heard(topic: string, payload: Uint8Array): readonly Outgoing[] {
    const hasStarted = topic === BIRTH_TOPIC && Buffer.from(payload).equals(Buffer.from('online'));
    return hasStarted ? this.birth() : [];
  }

  death(): readonly Outgoing[] {
    return [this.will()];
  }

  #availability(state: 'online' | 'offline'): Outgoing {
    const topic = availabilityTopic(this.#device.address);
    return { topic, payload: Buffer.from(state), qos: 1, retain: true };
  }
}

function retainedJson(topic: string, payload: Uint8Array): Outgoing {
  return { topic, payload, qos: 1, retain: true, contentType: 'application/json' };
}
