import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import protobuf from 'protobufjs';
import { expect, test } from 'vitest';

const FOLDER = fileURLToPath(new URL('../../proto/', import.meta.url));

/** Every field that may ever leave the building. Adding a line here is a privacy decision, not a code change. */
const FIELDS = [
  'Count.status: CountStatus = 1',
  'Count.value: fixed32 = 2',
  'Report.schema_version: fixed32 = 1',
  'Report.level: Level = 2',
  'Report.window_start_seconds: fixed32 = 3',
  'Report.window_seconds: fixed32 = 4',
  'Report.count_in: Count = 5',
  'Report.count_out: Count = 6',
  'Report.coverage_percent: fixed32 = 7',
  'Report.noise_deviation_thousandths: fixed32 = 8',
  'Report.suppress_below: fixed32 = 9',
  'Report.budget_numerator: fixed32 = 10',
  'Report.budget_denominator: fixed32 = 11',
  'Report.public_key: bytes = 14',
  'Report.signature: bytes = 15',
  'Version.major: fixed32 = 1',
  'Version.minor: fixed32 = 2',
  'Version.patch: fixed32 = 3',
  'Status.schema_version: fixed32 = 1',
  'Status.state: State = 2',
  'Status.sense: Sense = 3',
  'Status.time_seconds: fixed32 = 4',
  'Status.software: Version = 5',
  'Status.models_sha256: bytes = 6',
  'Status.settings_sha256: bytes = 7',
  'Status.evidence_records: fixed32 = 8',
  'Status.evidence_root_sha256: bytes = 9',
  'Status.public_key: bytes = 14',
  'Status.signature: bytes = 15',
];

test('the schema holds these fields and no other (promise P6, requirement R9)', () => {
  const { messages } = schema();
  const fields = messages.flatMap((message) =>
    message.fieldsArray.map((field) => `${message.name}.${field.name}: ${field.type} = ${field.id}`),
  );
  expect(fields).toEqual(FIELDS);
});

/** Said by a status, which is written at fixed times whatever a resident does. None of them may tell of a press. */
const STATES = ['UNSPECIFIED', 'RUNNING', 'FAULT_SIGN', 'FAULT_DEVICE', 'FAULT_MODEL', 'LOST'];

test('a device is in one of these states and no other (promise P6)', () => {
  const states = schema().enums.find(({ name }) => name === 'State');
  expect(Object.keys(states!.values)).toEqual(STATES.map((state) => `STATE_${state}`));
});

test('every field is always present and has one width', () => {
  const { messages, enums } = schema();
  for (const field of messages.flatMap((message) => message.fieldsArray)) {
    expect(field.options?.proto3_optional, field.fullName).toBe(true);
    expect(field.repeated || field.map, field.fullName).toBe(false);
    // The codecs let bytes have one length only.
    const ofOneWidth = ['fixed32', 'bytes'].includes(field.type) || field.resolve().resolvedType !== null;
    expect(ofOneWidth, field.fullName).toBe(true);
  }
  for (const [name, value] of enums.flatMap((one) => Object.entries(one.values))) {
    expect(value, name).toBeGreaterThanOrEqual(name.endsWith('_UNSPECIFIED') ? 0 : 1);
    expect(value, name).toBeLessThan(128);
  }
});

function schema() {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' });
  const schemas = files.filter((file) => file.endsWith('.proto')).sort();
  const root = new protobuf.Root().loadSync(
    schemas.map((file) => FOLDER + file),
    { keepCase: true },
  );
  const members = root.lookup('lintel.v1') as protobuf.Namespace;
  return {
    messages: members.nestedArray.filter((member) => member instanceof protobuf.Type),
    enums: members.nestedArray.filter((member) => member instanceof protobuf.Enum),
  };
}
