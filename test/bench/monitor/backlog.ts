import { FleetCamera } from '../../../firmware/fleet/fleet-camera.ts';
import { reportTopic } from '../../../src/wire/report-topic.ts';

export interface Message {
  readonly topic: string;
  readonly bytes: Uint8Array;
}

const HOUR = 3_600;

/** What a broker holds of so many cameras, hour by hour. */
export function makeBacklog(cameras: number, hours: number): Message[] {
  const fleet = Array.from({ length: cameras }, (_, number) => new FleetCamera(1, number, false));
  const start = Date.UTC(2026, 0, 1) / 1_000;
  const messages: Message[] = [];
  for (let hour = 0; hour < hours; hour++) {
    for (const camera of fleet) {
      const topic = reportTopic(camera.address, 'window');
      messages.push({ topic, bytes: camera.report(start + hour * HOUR, HOUR) });
    }
  }
  return messages;
}
