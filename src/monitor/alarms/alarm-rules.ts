import { type DoorView, troublesOf } from '../door-state.ts';
import { ALARM_KINDS, type AlarmKind } from './alarm-kinds.ts';
import type { ClaimKind } from './claims.ts';

export interface AlarmView extends DoorView {
  /** What was claimed in the door's name of late: by its enrolled key, or without a good signature. */
  readonly claims: readonly ClaimKind[];
}

/** Everything that is to be alarmed of at a door; nothing for one that nobody enrolled, whose counts are not used. */
export function alarmsOf(view: AlarmView): AlarmKind[] {
  if (view.door.enrolledKey === undefined) return [];
  const troubles = troublesOf(view).filter((trouble) => trouble !== 'not-enrolled');
  const found = new Set<AlarmKind>([...troubles, ...view.claims]);
  return ALARM_KINDS.filter((kind) => found.has(kind));
}
