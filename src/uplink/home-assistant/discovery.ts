import type { ReportLevel } from '../../wire/report.ts';
import type { DeviceAddress } from '../../wire/report-topic.ts';
import { availabilityTopic, deviceId, stateTopic } from './topics.ts';

export interface DiscoveredDevice {
  readonly address: DeviceAddress;
  /** The length of a window, after which the next report is due. */
  readonly windowSeconds: number;
  /** The program's version. */
  readonly version: string;
}

/** A report may be so late before its value is taken for lost. */
const GRACE_SECONDS = 600;
/** The longest day: when summer time ends. */
const DAY_SECONDS = 90_000;

/** For how long a state of this level is the present. */
export function validSeconds(level: ReportLevel, windowSeconds: number): number {
  return (level === 'day' ? DAY_SECONDS : windowSeconds) + GRACE_SECONDS;
}

/**
 * The device discovery payload of Home Assistant's MQTT integration: one device with all its entities. A count
 * has no state class: it is neither a measurement of the present, as Home Assistant means it, nor a total, since
 * counts with noise must not be added up.
 */
export function discovery({ address, windowSeconds, version }: DiscoveredDevice): object {
  const id = deviceId(address);
  const entity = (name: string, of: ReportLevel | 'status', rest: object) => ({
    unique_id: `${id}_${name}`,
    state_topic: stateTopic(address, of),
    expire_after: validSeconds(of === 'day' ? 'day' : 'window', windowSeconds),
    ...rest,
  });
  const count = (name: string, of: ReportLevel, direction: 'in' | 'out', title: string) =>
    entity(name, of, { json_attributes_topic: stateTopic(address, of), ...countSensor(direction, title) });
  return {
    device: {
      identifiers: [id],
      name: `${address.site} ${address.device}`,
      manufacturer: 'Lintel',
      model: 'Door camera',
      sw_version: version,
    },
    origin: { name: 'Lintel', sw_version: version },
    availability: [
      {
        topic: availabilityTopic(address),
        payload_available: 'online',
        payload_not_available: 'offline',
      },
    ],
    qos: 1,
    components: {
      window_in: count('window_in', 'window', 'in', 'People in'),
      window_out: count('window_out', 'window', 'out', 'People out'),
      day_in: count('day_in', 'day', 'in', 'People in, whole day'),
      day_out: count('day_out', 'day', 'out', 'People out, whole day'),
      coverage: entity('coverage', 'window', COVERAGE),
      problem: entity('problem', 'status', PROBLEM),
    },
  };
}

function countSensor(direction: 'in' | 'out', name: string): object {
  const attributes = [
    `'status': value_json.count_${direction}_status`,
    ...['suppress_below', 'window_start', 'window_end', 'coverage_percent', 'noise_deviation'].map(
      (key) => `'${key}': value_json.${key}`,
    ),
  ];
  return {
    platform: 'sensor',
    name,
    unit_of_measurement: 'people',
    suggested_display_precision: 0,
    // Two windows may have the same count, and are two values all the same.
    force_update: true,
    value_template: `{{ value_json.count_${direction} }}`,
    json_attributes_template: `{{ {${attributes.join(', ')}} | tojson }}`,
  };
}

const COVERAGE = {
  platform: 'sensor',
  name: 'Coverage',
  unit_of_measurement: '%',
  suggested_display_precision: 0,
  entity_category: 'diagnostic',
  value_template: '{{ value_json.coverage_percent }}',
};

const PROBLEM = {
  platform: 'binary_sensor',
  name: 'Problem',
  device_class: 'problem',
  entity_category: 'diagnostic',
  value_template: "{{ 'OFF' if value_json.state == 'running' else 'ON' }}",
  payload_on: 'ON',
  payload_off: 'OFF',
};
