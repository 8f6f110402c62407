import type { DeviceAddress } from '../../wire/report-topic.ts';
import type { AlarmKind } from './alarm-kinds.ts';
import type { Claim } from './claims.ts';

export interface Alarm extends DeviceAddress {
  readonly kind: AlarmKind;
  /** Unix seconds. */
  readonly raisedSeconds: number;
  /** Undefined as long as it lasts. */
  readonly endedSeconds: number | undefined;
}

/** What is kept of alarms. Several monitors may write the same: of one kind, a door has one alarm at a time. */
export interface AlarmStore {
  /** @returns false when it is raised already. Nothing is raised for a door that is not known. */
  raise(door: DeviceAddress, kind: AlarmKind, seconds: number): Promise<boolean>;

  /** @returns false when there is none */
  end(door: DeviceAddress, kind: AlarmKind, seconds: number): Promise<boolean>;

  /** Those that last, and, if a time is given, those that ended then or later; by when they were raised. */
  list(endedFromSeconds?: number): Promise<Alarm[]>;

  /** Keeps of each claim when it was made last. Those about doors that are not known are let go. */
  addClaims(claims: readonly Claim[], seconds: number): Promise<void>;

  /** Those made at this time or later, by the key that is enrolled for the door, or without a good signature. */
  claims(fromSeconds: number): Promise<Claim[]>;
}
