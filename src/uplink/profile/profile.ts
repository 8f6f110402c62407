/** One MQTT message on its way out. */
export interface Outgoing {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1;
  readonly retain: boolean;
  /** Says again what another message of the same report says: the report is delivered without it. */
  readonly isMirror?: true;
  /** Its MIME type. MQTT 5 only, as are the two below. */
  readonly contentType?: string;
  /** After so long the broker forgets it. */
  readonly expirySeconds?: number;
  readonly userProperties?: Readonly<Record<string, string>>;
}

/** One face of the same reports on a connection of its own: made anew for each connection. */
export interface Profile {
  /** What the profile's standard asks for; 5 if it does not say. */
  readonly protocolVersion?: 4 | 5;
  /** Registered as the connection opens: what the broker says for the camera when it loses it. */
  will(): Outgoing | undefined;
  /** Sent first after every connect. */
  birth(): readonly Outgoing[];
  /** Everything that one spooled report becomes. It is removed when all of it but mirrors is acknowledged (QoS 1) or sent (QoS 0). */
  report(bytes: Uint8Array): readonly Outgoing[];
  /** What the status file's bytes become. */
  status(bytes: Uint8Array): readonly Outgoing[];
  /** Subscribed to before the birth is sent. */
  readonly listensTo: readonly string[];
  /** @returns answers */
  heard(topic: string, payload: Uint8Array): readonly Outgoing[];
  /** Sent before an orderly end. */
  death(): readonly Outgoing[];
  /** Whether the broker is to send the will after an orderly end, too. MQTT 5 only. */
  readonly endsWithWill?: boolean;
}
