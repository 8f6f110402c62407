import type { Status } from '../../wire/status.ts';
import type { Door, DoorStatus } from './report-store.ts';

/** What `DOORS` selects; the status' columns are null together. */
export interface DoorRow {
  readonly site: string;
  readonly device: string;
  readonly enrolled_key: string | null;
  readonly heard: number | string | null;
  readonly signed_by: string | null;
  readonly state: DoorStatus['state'];
  readonly sense: DoorStatus['sense'];
  readonly time: number | string;
  readonly software: string;
  readonly models: string;
  readonly settings: string;
  readonly received: number | string;
}

/** The values of the columns from `state` to `settings`. */
export function statusValues(status: Status): (string | number)[] {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  return [
    status.state,
    status.sense,
    status.timeSeconds,
    status.software.join('.'),
    hex(status.modelsSha256),
    hex(status.settingsSha256),
  ];
}

export function doorFromRow(row: DoorRow): Door {
  return {
    site: row.site,
    device: row.device,
    enrolledKey: row.enrolled_key ?? undefined,
    heardSeconds: row.heard === null ? undefined : Number(row.heard),
    status: row.signed_by === null ? undefined : statusFromRow(row, row.signed_by),
  };
}

function statusFromRow(row: DoorRow, signedBy: string): DoorStatus {
  const [major = 0, minor = 0, patch = 0] = row.software.split('.').map(Number);
  return {
    state: row.state,
    sense: row.sense,
    timeSeconds: Number(row.time),
    software: [major, minor, patch],
    signedBy,
    models: row.models,
    settings: row.settings,
    receivedSeconds: Number(row.received),
  };
}
