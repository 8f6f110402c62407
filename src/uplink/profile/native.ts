import { decodeReport } from '../../wire/report-codec.ts';
import { type DeviceAddress, reportTopic, statusTopic } from '../../wire/report-topic.ts';
import type { Outgoing, Profile } from './profile.ts';

/**
 * A month: as long as a receiver may be away and still get everything, and what is left behind by a camera that was
 * taken down is forgotten after it.
 */
const EXPIRY_SECONDS = 30 * 24 * 3600;

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
    return this.#lost && this.#status(this.#lost);
  }

  birth(): readonly Outgoing[] {
    return [];
  }

  /** @throws LintelError REPORT_MALFORMED */
  report(payload: Uint8Array): readonly Outgoing[] {
    const topic = reportTopic(this.#address, decodeReport(payload).level);
    return [{ topic, payload, qos: 1, retain: false, ...describe('Report') }];
  }

  status(payload: Uint8Array): readonly Outgoing[] {
    return [this.#status(payload)];
  }

  heard(): readonly Outgoing[] {
    return [];
  }

  /** The broker keeps silent about a connection that ended in order, so it has to be said. */
  death(): readonly Outgoing[] {
    return this.#lost ? [this.#status(this.#lost)] : [];
  }

  #status(payload: Uint8Array): Outgoing {
    return { topic: statusTopic(this.#address), payload, qos: 1, retain: true, ...describe('Status') };
  }
}

/** What a receiver can tell without opening the message. */
function describe(message: 'Report' | 'Status') {
  return {
    contentType: `application/x-protobuf; messageType="lintel.v1.${message}"`,
    userProperties: { 'schema-version': '1' },
    expirySeconds: EXPIRY_SECONDS,
  };
}
