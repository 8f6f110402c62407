import { beforeEach, describe, expect, test } from 'vitest';
import { SimulatedClock } from '../../time/simulated-clock.ts';
import { exampleSigner, signedExample, signedStatus } from '../../wire/example-signer.ts';
import type { Report } from '../../wire/report.ts';
import { signerOf } from '../../wire/signature.ts';
import { parseStatusTopic } from '../../wire/status-topic.ts';
import { HomeAssistantProfile } from './home-assistant.ts';
import type { Outgoing } from './profile.ts';

const ADDRESS = { site: 'hall', device: 'front' };
const WINDOW_END_MS = Date.UTC(2026, 0, 5, 15);
const STARTED = ['homeassistant/status', Buffer.from('online')] as const;

let clock: SimulatedClock;
let profile: HomeAssistantProfile;

beforeEach(() => {
  clock = new SimulatedClock(WINDOW_END_MS + 2_000);
  profile = profileOf(ADDRESS);
});

function profileOf(address: typeof ADDRESS): HomeAssistantProfile {
  return new HomeAssistantProfile({ address, windowSeconds: 3600, version: '0.1.0' }, clock);
}

const json = ({ payload }: Outgoing) => JSON.parse(Buffer.from(payload).toString());
const mirror = (changes: Partial<Report> = {}) => profile.report(signedExample(changes))[0]!;
const config = () => json(profile.birth()[0]!);
const day = { level: 'day', windowStartSeconds: Date.UTC(2026, 0, 4) / 1000, windowSeconds: 86_400 } as const;

describe('discovery', () => {
  test('is a retained device discovery message, and then the device is online', () => {
    const [discovered, online, ...more] = profile.birth();
    expect(discovered).toMatchObject({
      topic: 'homeassistant/device/lintel__hall__front/config',
      qos: 1,
      retain: true,
    });
    expect(discovered!.expirySeconds).toBeUndefined();
    expect(online).toMatchObject({ topic: 'lintel/v1/hall/front/availability', qos: 1, retain: true });
    expect(Buffer.from(online!.payload).toString()).toBe('online');
    expect(more).toEqual([]);
  });

  test('has the keys that Home Assistant requires, and none that it does not document', () => {
    const { device, origin, components, availability, ...shared } = config();
    expect(Object.keys(shared)).toEqual(['qos']);
    expect(DEVICE_KEYS).toEqual(expect.arrayContaining(Object.keys(device)));
    expect(device.identifiers).toEqual(['lintel__hall__front']);
    expect(ORIGIN_KEYS).toEqual(expect.arrayContaining(Object.keys(origin)));
    expect(origin.name).toBe('Lintel');
    expect(AVAILABILITY_KEYS).toEqual(expect.arrayContaining(Object.keys(availability[0])));
    for (const [name, component] of Object.entries<Record<string, unknown>>(components)) {
      const { platform, unique_id, state_topic, ...rest } = component;
      expect(['sensor', 'binary_sensor'], name).toContain(platform);
      expect(unique_id).toBe(`lintel__hall__front_${name}`);
      expect(state_topic).toMatch(/^lintel\/v1\/hall\/front\/json\/(window|day|state)$/);
      const known = platform === 'sensor' ? SENSOR_KEYS : BINARY_SENSOR_KEYS;
      expect(known, name).toEqual(expect.arrayContaining(Object.keys(rest)));
    }
  });

  test('has these entities and no others: adding one is a privacy decision', () => {
    expect(Object.keys(config().components)).toEqual([
      ...['window_in', 'window_out', 'day_in', 'day_out', 'coverage', 'problem'],
    ]);
  });

  test('reads in its templates only what the states hold', () => {
    const states: Record<string, object> = {
      'lintel/v1/hall/front/json/window': json(mirror()),
      'lintel/v1/hall/front/json/day': json(mirror(day)),
      'lintel/v1/hall/front/json/state': json(profile.status(signedStatus())[0]!),
    };
    for (const component of Object.values<Record<string, string>>(config().components)) {
      const templates = `${component.value_template} ${component.json_attributes_template ?? ''}`;
      const read = [...templates.matchAll(/value_json\.(\w+)/g)].map(([, key]) => key);
      expect(read.length).toBeGreaterThan(0);
      expect(Object.keys(states[component.state_topic!]!)).toEqual(expect.arrayContaining(read));
      expect(component.json_attributes_topic ?? component.state_topic).toBe(component.state_topic);
    }
  });

  test('a count is no total: counts with noise are not to be added up', () => {
    for (const component of Object.values<object>(config().components)) {
      expect(component).not.toHaveProperty('state_class');
    }
  });

  test('a value expires when its successor does not come', () => {
    const { window_in, day_out, problem } = config().components;
    expect([window_in, day_out, problem].map(({ expire_after }) => expire_after)).toEqual([
      4200, 90_600, 4200,
    ]);
  });

  test('no two addresses are one device, and every name fits a discovery topic', () => {
    const names = ['a', 'a_b', 'a.b', 'a-b', 'a_2eb', 'a__b', 'b', 'b__b'];
    const topics = names.flatMap((site) =>
      names.map((device) => profileOf({ site, device }).birth()[0]!.topic),
    );
    expect(new Set(topics).size).toBe(names.length ** 2);
    for (const topic of topics) expect(topic).toMatch(/^homeassistant\/device\/[a-zA-Z0-9_-]+\/config$/);
  });

  test('is sent again when Home Assistant says that it has started, and for nothing else', () => {
    expect(profile.listensTo).toEqual(['homeassistant/status']);
    expect(profile.heard(...STARTED)).toEqual(profile.birth());
    expect(profile.heard(STARTED[0], Buffer.from('offline'))).toEqual([]);
    expect(profile.heard(STARTED[0], new Uint8Array(100_000))).toEqual([]);
    expect(profile.heard('homeassistant/other', STARTED[1])).toEqual([]);
  });
});

describe('states', () => {
  test('mirror a report in JSON, retained for as long as they are the present, and go with the report itself', () => {
    const [state, native, ...more] = profile.report(signedExample());
    expect(state).toMatchObject({
      topic: 'lintel/v1/hall/front/json/window',
      qos: 1,
      retain: true,
      expirySeconds: 4200,
    });
    expect(native).toMatchObject({ topic: 'lintel/v1/hall/front/report/window', qos: 1, retain: false });
    expect(more).toEqual([]);
    expect(json(state!)).toMatchObject({
      count_in: 23,
      count_in_status: 'published',
      count_out: null,
      count_out_status: 'fewer-than-k',
      suppress_below: 10,
      window_end: '2026-01-05T15:00:00.000Z',
      coverage_percent: 100,
    });
  });

  test.each(['fewer-than-k', 'not-measured'] as const)("a count that is '%s' is null, not zero", (status) => {
    expect(json(mirror({ in: { status, value: 0 } }))).toMatchObject({
      count_in: null,
      count_in_status: status,
    });
  });

  test('carry the signature of the device', () => {
    const key = Uint8Array.from(exampleSigner().publicKey);
    const signed = (outgoing: Outgoing) => Uint8Array.from(Buffer.from(json(outgoing).signed, 'base64'));
    expect(signerOf('Report', ADDRESS, signed(mirror()))).toEqual(key);
    expect(signerOf('Status', ADDRESS, signed(profile.status(signedStatus())[0]!))).toEqual(key);
  });

  test('a report of the past goes without a mirror: Home Assistant would show it as the present', () => {
    clock.stepWall(3_597_000);
    expect(profile.report(signedExample())).toHaveLength(2);
    clock.stepWall(1_000);
    expect(profile.report(signedExample()).map(({ topic }) => topic)).toEqual([
      'lintel/v1/hall/front/report/window',
    ]);
    expect(profile.report(signedExample(day))).toHaveLength(2);
  });

  test('tell what ails the device', () => {
    const [state] = profile.status(signedStatus({ state: 'fault-model' }));
    expect(state).toMatchObject({ topic: 'lintel/v1/hall/front/json/state', qos: 1, retain: true });
    expect(json(state!)).toMatchObject({ state: 'fault-model', software: '0.1.0' });
  });

  test('stand where whoever has the name of a site could not write the status of a door', () => {
    const [mirrored] = profile.status(signedStatus());
    for (const { topic } of [mirror(), mirror(day), mirrored!])
      expect(parseStatusTopic(topic.replace('hall/front', 'hall'))).toBeUndefined();
  });

  test('all have one size, whatever they say (promise P6)', () => {
    const most = 0xffff_ffff;
    const busy = { status: 'published', value: most } as const;
    const none = { status: 'not-measured', value: 0 } as const;
    const budget = { numerator: most, denominator: most };
    const full = { in: busy, out: busy, budget, noiseDeviationThousandths: most, suppressBelow: most };
    const state = { state: 'fault-device', sense: 'read-back', software: [most, most, most] } as const;
    const all = [mirror(full), mirror({ in: none, out: none }), mirror({ ...full, ...day })];
    for (const { payload } of [...all, ...profile.status(signedStatus(state))]) {
      expect(payload.length).toBe(768);
    }
  });
});

test('who goes, or is lost, is offline', () => {
  const offline = {
    topic: 'lintel/v1/hall/front/availability',
    payload: Buffer.from('offline'),
    qos: 1,
    retain: true,
  };
  expect(profile.will()).toEqual(offline);
  expect(profile.death()).toEqual([offline]);
});

// From Home Assistant's documentation of its MQTT integration, and the schemas by which it checks a discovery message
// (homeassistant/components/mqtt/schemas.py and sensor.py, 2025).
const DEVICE_KEYS = [
  ...['identifiers', 'connections', 'manufacturer', 'model', 'name', 'hw_version', 'serial_number'],
  ...['sw_version', 'via_device', 'suggested_area', 'configuration_url'],
];
const ORIGIN_KEYS = ['name', 'sw_version', 'support_url'];
const AVAILABILITY_KEYS = ['topic', 'payload_available', 'payload_not_available', 'value_template'];
const ENTITY_KEYS = [
  ...['name', 'entity_category', 'enabled_by_default', 'icon', 'qos', 'encoding', 'value_template'],
  ...['expire_after', 'force_update', 'json_attributes_topic', 'json_attributes_template', 'device_class'],
];
const SENSOR_KEYS = [
  ...ENTITY_KEYS,
  ...['state_class', 'unit_of_measurement', 'suggested_display_precision', 'last_reset_value_template'],
];
const BINARY_SENSOR_KEYS = [...ENTITY_KEYS, 'payload_on', 'payload_off', 'off_delay'];
