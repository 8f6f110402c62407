/** What the uplink says of itself; a `pino` logger fits. */
export interface UplinkLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}
