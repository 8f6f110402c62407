import { ALARM_KINDS, ALARM_WORDS } from '../alarms/alarm-kinds.ts';
import type { Alarm } from '../alarms/alarm-store.ts';
import { isTrouble, type Trouble } from '../door-state.ts';
import type { ShownAlarm, ShownAlarms } from './shown.ts';

/** Those that ended are shown for so long. */
export const ENDED_DAYS = 3;
const MOST = 200;

/** An alarm, and what is wrong at its door by now. */
export interface AlarmAtDoor {
  readonly alarm: Alarm;
  readonly troubles: readonly Trouble[];
}

export function shownAlarms(found: readonly AlarmAtDoor[]): ShownAlarms {
  const lasting = found.filter(({ alarm }) => alarm.endedSeconds === undefined);
  const ended = found.filter(({ alarm }) => alarm.endedSeconds !== undefined);
  const urgency = ({ alarm }: AlarmAtDoor) => ALARM_KINDS.indexOf(alarm.kind);
  lasting.sort((a, b) => b.alarm.raisedSeconds - a.alarm.raisedSeconds || urgency(a) - urgency(b));
  ended.sort((a, b) => b.alarm.endedSeconds! - a.alarm.endedSeconds!);
  return {
    lasting: lasting.length,
    ended: ended.length,
    endedDays: ENDED_DAYS,
    list: [...lasting.slice(0, MOST), ...ended.slice(0, MOST)].map(shownAlarm),
  };
}

function shownAlarm({ alarm, troubles }: AlarmAtDoor): ShownAlarm {
  const { site, device, kind, raisedSeconds, endedSeconds } = alarm;
  return {
    site,
    device,
    kind,
    message: ALARM_WORDS[kind],
    raised: raisedSeconds,
    ended: endedSeconds,
    isOver: endedSeconds === undefined && isTrouble(kind) && !troubles.includes(kind),
  };
}
