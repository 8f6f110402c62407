import { beforeEach, describe, expect, test } from 'vitest';
import {
  readPayload,
  type StandardMetric,
  writePayload,
} from '../../../test/reference/sparkplug-standard.ts';
import { SimulatedClock } from '../../time/simulated-clock.ts';
import { exampleSigner, signedExample, signedStatus } from '../../wire/example-signer.ts';
import type { Report } from '../../wire/report.ts';
import { signerOf } from '../../wire/signature.ts';
import type { Outgoing, Profile } from './profile.ts';
import { SparkplugNode } from './sparkplug.ts';

// The tests are named by the statements of the Eclipse Sparkplug Specification 3.0.0 (tck-id-...) that they check.

const ADDRESS = { site: 'hall', device: 'front' };
const NCMD = 'spBv1.0/hall/NCMD/front';
const WINDOW_END_MS = Date.UTC(2026, 0, 5, 15);
const BOOLEAN = 11;
const INT64 = 4;

let clock: SimulatedClock;
let node: SparkplugNode;
let profile: Profile;

beforeEach(() => {
  clock = new SimulatedClock(WINDOW_END_MS + 2_000);
  node = new SparkplugNode(ADDRESS, clock);
  profile = node.profile();
});

const read = ({ payload }: Outgoing) => readPayload(payload);
const birth = () => profile.birth() as [Outgoing, Outgoing];
const data = (changes: Partial<Report> = {}) => profile.report(signedExample(changes))[0]!;
const rebirth = (value = true) =>
  profile.heard(NCMD, writePayload([{ name: 'Node Control/Rebirth', booleanValue: value }]));
const metric = (outgoing: Outgoing, name: string): StandardMetric =>
  read(outgoing).metrics.find((one) => one.name === name)!;
const names = (outgoing: Outgoing) => read(outgoing).metrics.map(({ name }) => name);

describe('topics', () => {
  test('tck-id-topics-nbirth-topic, tck-id-topics-dbirth-topic: births name group, node and device', () => {
    expect(birth().map(({ topic }) => topic)).toEqual([
      'spBv1.0/hall/NBIRTH/front',
      'spBv1.0/hall/DBIRTH/front/doorway',
    ]);
  });

  test('tck-id-topics-ddata-topic: data goes to the device', () => {
    expect(data().topic).toBe('spBv1.0/hall/DDATA/front/doorway');
  });

  test('tck-id-topics-ddeath-topic, tck-id-topics-ndeath-topic: deaths too', () => {
    expect(profile.death().map(({ topic }) => topic)).toEqual([
      'spBv1.0/hall/DDEATH/front/doorway',
      'spBv1.0/hall/NDEATH/front',
    ]);
  });

  test('tck-id-topic-structure-namespace-valid-group-id: a name that cannot be in a topic is refused', () => {
    const isInvalid = expect.objectContaining({ code: 'ADDRESS_INVALID' });
    expect(() => new SparkplugNode({ site: 'a/b', device: 'front' }, clock)).toThrow(isInvalid);
  });

  test('tck-id-message-flow-edge-node-ncmd-subscribe: the node listens to its own commands alone', () => {
    expect(profile.listensTo).toEqual([NCMD]);
  });
});

describe('the session', () => {
  test('tck-id-payloads-ndeath-will-message-qos, tck-id-payloads-ndeath-will-message-retain: the will is sent with QoS 1, not retained', () => {
    expect(profile.will()).toMatchObject({ topic: 'spBv1.0/hall/NDEATH/front', qos: 1, retain: false });
  });

  test('tck-id-topics-ndeath-payload, tck-id-topics-ndeath-seq: the will holds bdSeq and no sequence number', () => {
    const { metrics, seq } = read(profile.will()!);
    expect(metrics).toEqual([expect.objectContaining({ name: 'bdSeq', datatype: INT64, longValue: 0 })]);
    expect(seq).toBeUndefined();
  });

  test('tck-id-topics-nbirth-bdseq-matching: the birth has the bdSeq of the will', () => {
    for (let connection = 0; connection < 3; connection++) {
      expect(metric(birth()[0], 'bdSeq').longValue).toBe(metric(profile.will()!, 'bdSeq').longValue);
      profile = node.profile();
    }
  });

  test('tck-id-topics-nbirth-bdseq-increment: bdSeq starts at 0, grows with each CONNECT, and follows 255 with 0', () => {
    const seen = [metric(profile.will()!, 'bdSeq').longValue];
    for (let connection = 1; connection < 258; connection++) {
      seen.push(metric(node.profile().will()!, 'bdSeq').longValue);
    }
    expect(seen).toEqual(Array.from({ length: 258 }, (_, connection) => connection % 256));
  });

  test.each(['nbirth', 'dbirth', 'ddata', 'ddeath'])(
    'tck-id-topics-%s-mqtt: not acknowledged, not retained',
    (name) => {
      const type = name.toUpperCase();
      const all = [...birth(), data(), ...profile.death()];
      const [, ...more] = all.filter(({ topic }) => topic.includes(type));
      const one = all.find(({ topic }) => topic.includes(type));
      expect(one).toMatchObject({ qos: 0, retain: false });
      expect(more).toEqual([]);
    },
  );

  test('tck-id-payloads-sequence-num-zero-nbirth, tck-id-payloads-sequence-num-incrementing: numbers run from 0 to 255 and around', () => {
    const seen = birth().map((outgoing) => read(outgoing).seq);
    for (let report = 0; report < 300; report++) seen.push(read(data()).seq);
    expect(seen).toEqual(Array.from({ length: 302 }, (_, message) => message % 256));
    expect(read(profile.death()[0]!).seq).toBe(302 % 256);
  });

  test('tck-id-topics-nbirth-timestamp, tck-id-topics-dbirth-timestamp, tck-id-topics-ddata-timestamp, tck-id-payloads-ddeath-timestamp: every message says when it was sent', () => {
    for (const one of [...birth(), data(), profile.death()[0]!]) {
      expect(read(one).timestamp).toBe(clock.wallMs());
    }
  });

  test('tck-id-operational-behavior-edge-node-intentional-disconnect-ndeath: an orderly end says so itself', () => {
    birth();
    expect(profile.death().at(-1)).toEqual(profile.will());
  });
});

describe('metrics', () => {
  test('tck-id-payloads-nbirth-rebirth-req: the node birth offers a rebirth, a Boolean that is false', () => {
    const offered = metric(birth()[0], 'Node Control/Rebirth');
    expect(offered).toMatchObject({ datatype: BOOLEAN, booleanValue: false });
  });

  test('tck-id-topics-dbirth-metric-reqs: the device birth names every metric that ever comes', () => {
    const announced = names(birth()[1]);
    const day = { level: 'day', windowSeconds: 86_400 } as const;
    const all = [data(), data(day), profile.status(signedStatus())[0]!].flatMap(names);
    for (const name of all) expect(announced).toContain(name);
    expect(new Set(announced).size).toBe(announced.length);
  });

  test('tck-id-case-sensitivity-metric-names: no two metrics differ in case alone', () => {
    const lower = names(birth()[1]).map((name) => name!.toLowerCase());
    expect(new Set(lower).size).toBe(lower.length);
  });

  test('tck-id-payloads-metric-datatype-req, tck-id-payloads-metric-datatype-not-req: births say the types, data does not', () => {
    for (const one of [...birth().flatMap((outgoing) => read(outgoing).metrics)]) {
      expect(one.datatype, one.name).toBeGreaterThan(0);
    }
    for (const one of read(data()).metrics) expect(one.datatype, one.name).toBeUndefined();
  });

  test('tck-id-payloads-name-requirement, tck-id-payloads-name-birth-data-requirement: all have name and time', () => {
    for (const one of [...birth(), data()].flatMap((outgoing) => read(outgoing).metrics)) {
      expect(one.name).toMatch(/^[A-Za-z0-9 /]+$/);
      expect(one.timestamp, one.name).toBeGreaterThan(0);
      expect(one.alias).toBeUndefined();
    }
  });

  test('tck-id-operational-behavior-data-publish-dbirth-values: unknown values are null, known ones are current', () => {
    expect(metric(birth()[1], 'Window/In')).toMatchObject({ isNull: true });
    data({ in: { status: 'published', value: 41 } });
    expect(metric(birth()[1], 'Window/In')).toMatchObject({ longValue: 41, timestamp: WINDOW_END_MS });
    profile = node.profile();
    expect(metric(birth()[1], 'Window/In').longValue).toBe(41);
    expect(metric(birth()[1], 'Day/In').isNull).toBe(true);
  });

  test('a count has the time of the end of its window, and never any other', () => {
    for (const one of read(data()).metrics.filter(({ name }) => name !== 'Padding')) {
      expect(one.timestamp).toBe(WINDOW_END_MS);
    }
  });

  test.each(['fewer-than-k', 'not-measured'] as const)("a count that is '%s' is null, not zero", (status) => {
    const sent = data({ in: { status, value: 0 } });
    expect(metric(sent, 'Window/In')).toEqual({
      name: 'Window/In',
      timestamp: WINDOW_END_MS,
      isNull: true,
    });
    expect(metric(sent, 'Window/In Status').stringValue).toBe(status);
  });

  test('the report goes along with its own bytes, and behind as itself, to be acknowledged', () => {
    const bytes = signedExample();
    const [first, ...behind] = profile.report(bytes);
    const carried = Uint8Array.from(metric(first!, 'Window/Signed').bytesValue!);
    expect(signerOf('Report', ADDRESS, carried)).toEqual(Uint8Array.from(exampleSigner().publicKey));
    expect(behind).toEqual([
      expect.objectContaining({ topic: 'lintel/v1/hall/front/report/window', payload: bytes, qos: 1 }),
    ]);
  });

  test('what is not a report is not sent', () => {
    const isRefused = expect.objectContaining({ code: 'REPORT_MALFORMED' });
    expect(() => profile.report(Buffer.from('nonsense'))).toThrow(isRefused);
  });
});

test('the status is told as of the end of a window, and is in the next birth', () => {
  const [sent, ...more] = profile.status(
    signedStatus({ state: 'fault-sign', timeSeconds: WINDOW_END_MS / 1_000 }),
  );
  expect(more).toEqual([]);
  for (const one of [sent!, birth()[1]]) {
    expect(metric(one, 'Status/State')).toMatchObject({
      stringValue: 'fault-sign',
      timestamp: WINDOW_END_MS,
    });
  }
  expect(metric(sent!, 'Status/Software').stringValue).toBe('0.1.0');
  expect(sent!.payload.length).toBe(data().payload.length);
});

describe('reports that were late', () => {
  const isHistorical = (outgoing: Outgoing) => {
    const [one, ...others] = read(outgoing).metrics.filter(({ name }) => name !== 'Padding');
    for (const other of others) expect(other.isHistorical).toBe(one!.isHistorical);
    return one!.isHistorical ?? false;
  };

  test('is_historical: a window is the present until the next of its length is over', () => {
    clock.stepWall(3_597_000);
    expect(isHistorical(data())).toBe(false);
    clock.stepWall(1_000);
    expect(isHistorical(data())).toBe(true);
  });

  test('is_historical: what was late never becomes the current value', () => {
    clock.stepWall(7_200_000);
    data({ in: { status: 'published', value: 41 } });
    expect(metric(birth()[1], 'Window/In').isNull).toBe(true);
  });

  test('is_historical: an older window after a newer one is late, whatever the clock says', () => {
    clock.stepWall(-86_400_000);
    expect(isHistorical(data())).toBe(false);
    expect(isHistorical(data({ windowStartSeconds: WINDOW_END_MS / 1000 - 7200 }))).toBe(true);
    const day = { level: 'day', windowStartSeconds: Date.UTC(2026, 0, 3) / 1000 } as const;
    expect(isHistorical(data({ ...day, windowSeconds: 86_400 }))).toBe(false);
  });
});

describe('commands', () => {
  test('tck-id-operational-behavior-data-commands-rebirth-action-2, tck-id-operational-behavior-data-commands-rebirth-action-3: a rebirth is a whole birth with the same bdSeq', () => {
    profile = node.profile();
    birth();
    data();
    const [first, second, ...more] = rebirth() as [Outgoing, Outgoing];
    expect(more).toEqual([]);
    expect(metric(first, 'bdSeq').longValue).toBe(1);
    expect([read(first).seq, read(second).seq, read(data()).seq]).toEqual([0, 1, 2]);
  });

  test.each<[string, () => readonly Outgoing[]]>([
    ['a rebirth that says false', () => rebirth(false)],
    ['another metric', () => profile.heard(NCMD, writePayload([{ name: 'Reboot', booleanValue: true }]))],
    ['another topic', () => profile.heard('spBv1.0/hall/DCMD/front/doorway', writePayload([]))],
    ['a rebirth that is a number', () => profile.heard(NCMD, writePayload([REBIRTH_AS_NUMBER]))],
    ['nothing', () => profile.heard(NCMD, new Uint8Array())],
    ['noise', () => profile.heard(NCMD, Buffer.from('rebirth!'))],
  ])('%s is not obeyed', (_what, heard) => {
    birth();
    expect(heard()).toEqual([]);
    expect(read(data()).seq).toBe(2);
  });
});
const REBIRTH_AS_NUMBER = { name: 'Node Control/Rebirth', intValue: 1 };

describe('promise P6', () => {
  test('every message of a kind has one size, whatever is in it', () => {
    const sizesOf = (report: Partial<Report>, status: Uint8Array) => {
      const day = { ...report, level: 'day' } as const;
      const all = [signedExample(report), signedExample(day)].flatMap((bytes) => profile.report(bytes));
      return [...all, ...profile.status(status), ...profile.birth()].map(({ payload }) => payload.length);
    };
    const none = { status: 'not-measured', value: 0 } as const;
    const most = 0xffff_ffff;
    const busy = { status: 'published', value: most } as const;
    const budget = { numerator: most, denominator: most };
    const full = { in: busy, out: busy, budget, noiseDeviationThousandths: most, suppressBelow: most };
    const quiet = sizesOf({ in: { status: 'fewer-than-k', value: 0 }, out: none }, signedStatus());
    const state = signedStatus({ state: 'fault-device', sense: 'read-back', software: [most, most, most] });
    expect(sizesOf(full, state)).toEqual(quiet);
    for (let message = 0; message < 300; message++) expect(data().payload.length).toBe(quiet[0]);
  });

  test('these metrics are sent and no others: adding one is a privacy decision', () => {
    const report = ['In', 'In Status', 'Out', 'Out Status', 'Start', 'Seconds', 'Coverage'];
    const rest = ['Noise Deviation', 'Suppress Below', 'Budget', 'Signed'];
    const status = ['State', 'Sense', 'Software', 'Models SHA256', 'Settings SHA256', 'Signed'];
    const folder = (name: string) => [...report, ...rest].map((field) => `${name}/${field}`);
    expect(names(birth()[0])).toEqual(['bdSeq', 'Node Control/Rebirth']);
    expect(names(birth()[1])).toEqual([
      ...folder('Window'),
      ...folder('Day'),
      ...status.map((field) => `Status/${field}`),
      'Padding',
    ]);
  });
});
