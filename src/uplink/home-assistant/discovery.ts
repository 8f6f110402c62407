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
 * The device discovery payload of Home Assistant's MQTT integration: one device with all its entities. Their states
 * are measurements, each of a window of its own, and never totals: counts with noise must not be added up.
 */
export function discovery({ address, windowSeconds, version }: DiscoveredDevice): object {
  const id = deviceId(address);
  const entity = (name: string, of: ReportLevel | 'status', rest: object) => ({
    unique_id: `${id}_${name}`,
    state_topic: stateTopic(address, of),
    expire_after: validSeconds(of === 'day' ? 'day' : 'window', windowSeconds),
    ...rest,
  });
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
      window_in: entity('window_in', 'window', count('in', 'People in')),
      window_out: entity('window_out', 'window', count('out', 'People out')),
      day_in: entity('day_in', 'day', count('in', 'People in, whole day')),
      day_out: entity('day_out', 'day', count('out', 'People out, whole day')),
      coverage: entity('coverage', 'window', COVERAGE),
    },
  };
}

function count(direction: 'in' | 'out', name: string): object {
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
    state_class: 'measurement',
    suggested_display_precision: 0,
    // Two windows may have the same count, and are two values all the same.
    force_update: true,
    value_template: `{{ value_json.count_${direction} }}`,
    json_attributes_topic: undefined,
    json_attributes_template: `{{ {${attributes.join(', ')}} | tojson }}`,
  };
}

const COVERAGE = {
  platform: 'sensor',
  name: 'Coverage',
  unit_of_measurement: '%',
  state_class: 'measurement',
  suggested_display_precision: 0,
  entity_category: 'diagnostic',
  value_template: '{{ value_json.coverage_percent }}',
};
