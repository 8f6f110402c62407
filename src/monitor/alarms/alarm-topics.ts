import type { DeviceAddress } from '../../wire/report-topic.ts';
import { alarmTopic, doorAlarmsJson } from './alarm-json.ts';
import type { AlarmStore } from './alarm-store.ts';

/** An end that was not published, for whatever reason, is published as long as it is not older. */
const REMEMBERED_SECONDS = 7 * 86_400;

/** Keeps the retained messages at the broker as the alarms are. */
export class AlarmTopics {
  readonly #alarms: AlarmStore;
  readonly #publish: (topic: string, payload: string) => Promise<void>;

  /** @param publish retained; when it fails, `all` is called at the next connection */
  constructor(alarms: AlarmStore, publish: (topic: string, payload: string) => Promise<void>) {
    this.#alarms = alarms;
    this.#publish = publish;
  }

  /** Of these doors, when alarms of them were raised or have ended. @throws what `publish` throws */
  async tell(doors: readonly DeviceAddress[]): Promise<void> {
    const lasting = Map.groupBy(await this.#alarms.list(), alarmTopic);
    for (const [topic, [door]] of Map.groupBy(doors, alarmTopic)) {
      await this.#publish(topic, doorAlarmsJson(door!, lasting.get(topic) ?? []));
    }
  }

  /** Of every door that has one, or had one of late; at the beginning of each connection. */
  async tellAll(nowSeconds: number): Promise<void> {
    const alarms = await this.#alarms.list(nowSeconds - REMEMBERED_SECONDS);
    for (const [topic, those] of Map.groupBy(alarms, alarmTopic)) {
      const lasting = those.filter(({ endedSeconds }) => endedSeconds === undefined);
      await this.#publish(topic, doorAlarmsJson(those[0]!, lasting));
    }
  }
}
