import type { DeviceAddress } from '../../wire/report-topic.ts';
import { ALARM_WORDS } from './alarm-kinds.ts';
import type { Alarm } from './alarm-store.ts';

/** Outside of what a camera may write (deploy/broker/acl). */
export function alarmTopic({ site, device }: DeviceAddress): string {
  return `lintel-alarms/v1/${site}/${device}`;
}

/** The alarms that last at a door, for the retained message; with none, the list is empty. */
export function doorAlarmsJson({ site, device }: DeviceAddress, lasting: readonly Alarm[]): string {
  const alarms = lasting.map(({ kind, raisedSeconds }) => ({
    kind,
    since: iso(raisedSeconds),
    message: ALARM_WORDS[kind],
  }));
  return JSON.stringify({ site, device, alarms });
}

/** What happened, for a webhook. */
export function alarmJson({ site, device, kind, raisedSeconds, endedSeconds }: Alarm): string {
  const isEnded = endedSeconds !== undefined;
  return JSON.stringify({
    type: isEnded ? 'alarm.ended' : 'alarm.raised',
    timestamp: iso(endedSeconds ?? raisedSeconds),
    data: {
      site,
      device,
      kind,
      raised: iso(raisedSeconds),
      ...(isEnded && { ended: iso(endedSeconds) }),
      message: ALARM_WORDS[kind],
    },
  });
}

/** The same for the same event, however often and by whomever it is told. */
export function alarmId({ site, device, kind, raisedSeconds, endedSeconds }: Alarm): string {
  return [site, device, kind, raisedSeconds, ...(endedSeconds === undefined ? [] : [endedSeconds])].join('/');
}

function iso(seconds: number): string {
  return new Date(seconds * 1_000).toISOString();
}
