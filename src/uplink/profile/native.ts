import { decodeReport } from '../../wire/report-codec.ts';
import { type DeviceAddress, reportTopic } from '../../wire/report-topic.ts';
import { statusTopic } from '../../wire/status-topic.ts';
import type { Outgoing, Profile } from './profile.ts';

/** A month: as long as a receiver may be away and still get everything. */
const REPORT_EXPIRY_SECONDS = 30 * 24 * 3600;
/** Three of the longest windows: `vision` writes a status at the end of each, so an older one says nothing. */
const STATUS_EXPIRY_SECONDS = 3 * 3600;
/** A camera that was taken down is forgotten in the end. */
const LOST_EXPIRY_SECONDS = 30 * 24 * 3600;

/** The reports as they are in the spool, on the project's own topics (`proto/lintel/v1/`). */
export class NativeProfile implements Profile {
  readonly listensTo = [];
  readonly #address: DeviceAddress;
  readonly #lost: Uint8Array | undefined;

  /** @param lost the bytes of the status that says that the camera is not heard of any more */
  constructor(address: DeviceAddress, lost?: Uint8Array) {
    this.#address = address;
    this.#lost = lost;
  }

  will(): Outgoing | undefined {
    return this.#lost && this.#status(this.#lost, LOST_EXPIRY_SECONDS);
  }

  birth(): readonly Outgoing[] {
    return [];
  }

  /** @throws LintelError REPORT_MALFORMED */
  report(payload: Uint8Array): readonly Outgoing[] {
    const topic = reportTopic(this.#address, decodeReport(payload).level);
    const expirySeconds = REPORT_EXPIRY_SECONDS;
    return [{ topic, payload, qos: 1, retain: false, expirySeconds, ...describe('Report') }];
  }

  status(payload: Uint8Array): readonly Outgoing[] {
    return [this.#status(payload, STATUS_EXPIRY_SECONDS)];
  }

  heard(): readonly Outgoing[] {
    return [];
  }

  /** The broker keeps silent about a connection that ended in order, so it has to be said. */
  death(): readonly Outgoing[] {
    const will = this.will();
    return will ? [will] : [];
  }

  #status(payload: Uint8Array, expirySeconds: number): Outgoing {
    const topic = statusTopic(this.#address);
    return { topic, payload, qos: 1, retain: true, expirySeconds, ...describe('Status') };
  }
}

/** What a receiver can tell without opening the message. */
function describe(message: 'Report' | 'Status') {
  return {
    contentType: `application/x-protobuf; messageType="lintel.v1.${message}"`,
    userProperties: { 'schema-version': '1' },
  };
}
