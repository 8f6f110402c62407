/** What the monitor says of itself; a `pino` logger fits. */
export interface MonitorLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}
