import type { Report, ReportLevel } from '../../wire/report.ts';
import type { DeviceAddress } from '../../wire/report-topic.ts';
import type { DeviceState, Status } from '../../wire/status.ts';
import type { AlarmStore } from '../alarms/alarm-store.ts';
import type { ReceivedReport } from '../received-report.ts';
import type { ReceivedStatus } from '../received-status.ts';

/** A door that something was heard of, or that was enrolled before. */
export interface Door extends DeviceAddress {
  /** The fingerprint of the key that is believed for it; undefined for a camera that no one enrolled. */
  readonly enrolledKey: string | undefined;
  /** The latest status that bears a good signature, whoever's it is. */
  readonly status: DoorStatus | undefined;
  /** When something of it arrived last that its enrolled key had signed (any key, if it is not enrolled); Unix seconds. */
  readonly heardSeconds: number | undefined;
}

export interface DoorStatus extends Pick<Status, 'sense' | 'timeSeconds' | 'software'> {
  readonly state: DeviceState;
  readonly signedBy: string;
  /** SHA-256 in hexadecimal digits. */
  readonly models: string;
  readonly settings: string;
  readonly receivedSeconds: number;
}

export interface ReportAtDoor extends DeviceAddress {
  readonly report: Report;
}

/** Which reports: those of a level whose windows begin in [fromSeconds, toSeconds). */
export interface ReportQuery {
  readonly level: ReportLevel;
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

export interface HeardStatus extends ReceivedStatus {
  /** Unix seconds. */
  readonly heardSeconds: number;
}

export interface AddedReports {
  /** How many were not known before. */
  readonly added: number;
  /** Those that say something else than what the same key had signed for the same window. They are not kept. */
  readonly contradicting: readonly ReceivedReport[];
}

export interface AddedStatuses {
  /** Those whose evidence does not go with what the same key has shown before. They are kept like the others. */
  readonly contradicting: readonly HeardStatus[];
}

/**
 * What the facilities side keeps. Every store passes the same contract tests (`report-store.contract.ts`). What is kept twice is
 * kept once: several monitors may write the same.
 */
export interface ReportStore {
  readonly alarms: AlarmStore;

  /**
   * Keeps them, under the key that signed each. A window is released only once: of two reports of one window by one
   * key, the first stays. All are kept, or none is.
   * @param receivedSeconds Unix seconds
   */
  addReports(reports: readonly ReceivedReport[], receivedSeconds: number): Promise<AddedReports>;

  /** Keeps the last of each door, and of each key the longest checkpoint (`contradicts`). All are kept, or none is. */
  addStatuses(statuses: readonly HeardStatus[]): Promise<AddedStatuses>;

  /** From now on the door is known by this key alone; undefined takes the enrolment back. Its other reports stay, unused. */
  enrol(door: DeviceAddress, key: string | undefined): Promise<void>;

  /** Every door, or those of a site; by site and device. */
  doors(site?: string): Promise<Door[]>;

  /**
   * Of each enrolled door the newest report that its key had signed of a window that has begun; doors without any are left out. One
   * of a time to come is from a clock that was ahead, and would be the newest until then.
   */
  latestReports(nowSeconds: number): Promise<ReportAtDoor[]>;

  /** The reports of a door that its enrolled key had signed, by time. */
  reportsOf(door: DeviceAddress, query: ReportQuery): Promise<Report[]>;

  /** The same for all doors of a site, or of all sites. */
  reports(query: ReportQuery & { readonly site?: string }): Promise<ReportAtDoor[]>;

  /**
   * Deletes, all at once, of each kind at most so many: reports whose window began before, alarms that ended before, and claims last
   * made before. Doors, keys, statuses and checkpoints stay.
   * @param beforeSeconds Unix seconds
   * @returns how many; 0 when nothing is left to delete
   */
  prune(beforeSeconds: number, most: number): Promise<number>;

  close(): Promise<void>;
}
