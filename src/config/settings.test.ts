import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { stringify } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import type { DoorwayLine } from '../count/line-gate.ts';
import { LintelError } from '../lintel-error.ts';
import { loadSettings, parseSettings } from './settings.ts';
import { settingsExample } from './settings-example.ts';

const NEEDED = {
  site: { name: 'riverside-house', device: 'front-door' },
  camera: { file: 'door.y4m' },
  doorway: {
    line: [
      [0.5, 0],
      [0.5, 1],
    ],
    in_side: 'left-to-right',
  },
};

/** The needed settings with some sections' keys put in or replaced. */
function written(parts: Record<string, Record<string, unknown>> = {}): string {
  const sections: Record<string, unknown> = { ...NEEDED };
  for (const [name, keys] of Object.entries(parts)) {
    sections[name] = { ...(sections[name] as object | undefined), ...keys };
  }
  return stringify(sections);
}

function refusal(text: string): { code: string; message: string } {
  try {
    parseSettings(text, 'lintel.toml');
  } catch (error) {
    if (error instanceof LintelError) return { code: error.code, message: error.message };
    throw error;
  }
  expect.fail('the settings were accepted');
}

test('a file with only what has no default is filled up with the defaults', () => {
  const settings = parseSettings(written(), '/etc/lintel/lintel.toml');
  expect(settings.site.timeZone).toBe('UTC');
  expect(settings.detector).toEqual({ profile: 'near', threads: 1 });
  expect(settings.cover).toEqual({ style: 'blur' });
  expect(settings.count).toEqual({ windowMinutes: 60 });
  expect(settings.anonymity).toEqual({ suppressBelow: 10 });
  expect(settings.optOut).toEqual({ assistPulseSeconds: 2, returnMs: undefined });
  expect(settings.lines).toMatchObject({
    sign: 17,
    sense: 27,
    button: 22,
    assist: 23,
    buttonNormally: 'closed',
  });
  expect(settings.broker).toEqual({
    url: 'mqtt://127.0.0.1:1883',
    otherUrls: [],
    allowsOldMqtt: false,
    profile: 'native',
  });
});

test('the way in is told as the side of the line where people then are', () => {
  const flat = [
    [0, 0.5],
    [1, 0.5],
  ];
  const inside = (doorway: Record<string, unknown>) =>
    (parseSettings(written({ doorway }), 'lintel.toml').doorway as DoorwayLine).in;
  expect(inside({ in_side: 'left-to-right' })).toBe('right');
  expect(inside({ in_side: 'right-to-left' })).toBe('left');
  expect(inside({ line: flat, in_side: 'top-to-bottom' })).toBe('below');
  expect(inside({ line: flat, in_side: 'bottom-to-top' })).toBe('above');
});

const LEFT = [
  [0, 0],
  [0.4, 0],
  [0.4, 1],
  [0, 1],
];
const RIGHT = LEFT.map(([x, y]) => [1 - x!, y!]);

test('a doorway may be two areas with a gap between them', () => {
  const text = stringify({ ...NEEDED, doorway: { in_area: RIGHT, out_area: LEFT } });
  expect(parseSettings(text, 'lintel.toml').doorway).toEqual({ inArea: RIGHT, outArea: LEFT });
});

test.each([
  [
    {},
    'line: is missing; give two points [[x, y], [x, y]], or in_area and out_area; missing too: doorway.in_side',
  ],
  [{ line: NEEDED.doorway.line }, "in_side: is missing; name the way in, such as 'left-to-right'"],
  [{ in_area: RIGHT }, 'out_area: has fewer than three corners'],
  [
    { in_area: RIGHT, out_area: [LEFT[0], LEFT[2], LEFT[1], LEFT[3]] },
    'out_area: crosses itself: give its corners in order',
  ],
  [
    { in_area: RIGHT, out_area: RIGHT },
    'out_area: overlaps in_area; leave a gap between them in which people may stand',
  ],
  [
    { ...NEEDED.doorway, in_area: RIGHT, out_area: LEFT },
    'line: goes without in_area and out_area; leave out either these two or line and in_side',
  ],
  [
    { in_area: [[0, 2]], out_area: LEFT },
    'in_area: found [ [ 0, 2 ] ]; allowed: from 3 to 16 corners [[x, y], [x, y], [x, y]] with numbers from 0 to 1, or [] for none',
  ],
])('a doorway that nobody could go through is refused: %j', (doorway, message) => {
  expect(refusal(stringify({ ...NEEDED, doorway })).message).toBe(`lintel.toml: doorway.${message}`);
});

test('only people who come in are counted where nothing else is said', () => {
  const faces = (doorway?: Record<string, unknown>) =>
    parseSettings(written({ ...(doorway && { doorway }) }), 'lintel.toml').faces;
  expect([faces(), faces({ faces: 'going-out' }), faces({ faces: 'both' })]).toEqual([
    ['in'],
    ['out'],
    ['in', 'out'],
  ]);
});

test('paths are meant from the folder of the settings file', () => {
  const files = { ca: 'ca.pem', certificate: 'camera.pem', key: '/run/camera.key' };
  const text = written({ broker: files, paths: { spool: 'spool', state: '/var/state' } });
  const { broker, camera, paths } = parseSettings(text, '/etc/lintel/lintel.toml');
  expect(broker).toMatchObject({
    ca: '/etc/lintel/ca.pem',
    certificate: '/etc/lintel/camera.pem',
    key: '/run/camera.key',
  });
  expect(camera.file).toBe('/etc/lintel/door.y4m');
  expect(paths.spool).toBe('/etc/lintel/spool');
  expect(paths.state).toBe('/var/state');
});

test('an opt-out ends by itself after the hours that were set, and else never', () => {
  const { optOut } = parseSettings(written({ opt_out: { returns_after: 12 } }), 'lintel.toml');
  expect(optOut.returnMs).toBe(12 * 60 * 60 * 1_000);
});

test('a board without a sense line has none', () => {
  expect(
    parseSettings(written({ lines: { sense_wired: false } }), 'lintel.toml').lines.sense,
  ).toBeUndefined();
});

test.each([
  ['cover', 'stile', "there is no setting 'cover.stile'; the nearest is cover.style"],
  ['camera', 'style', "there is no setting 'camera.style'; the nearest is cover.style"],
  ['camera', 'widht', "there is no setting 'camera.widht'; the nearest is camera.width"],
  ['lines', 'buton', "there is no setting 'lines.buton'; the nearest is lines.button"],
  ['camra', 'width', "there is no setting 'camra'; the nearest is camera"],
])('an unknown key is refused with the nearest known one: [%s] %s', (section, key, message) => {
  expect(refusal(written({ [section]: { [key]: 1 } }))).toEqual({
    code: 'SETTINGS_KEY',
    message: `lintel.toml: ${message}`,
  });
});

test.each([
  [{ detector: { threads: '2' } }, "detector.threads: found '2'; allowed: a whole number from 1 to 4"],
  [{ detector: { threads: 2.5 } }, 'detector.threads: found 2.5; allowed: a whole number from 1 to 4'],
  [{ cover: { style: 'none' } }, "cover.style: found 'none'; allowed: 'blur', 'mosaic', or 'solid'"],
  [{ count: { window_minutes: 20 } }, 'count.window_minutes: found 20; allowed: 15, 30, or 60'],
  [
    { anonymity: { suppress_below: 4 } },
    'anonymity.suppress_below: found 4; allowed: a whole number from 5 to 100',
  ],
  [
    { opt_out: { returns_after: 0.5 } },
    "opt_out.returns_after: found 0.5; allowed: 'never', or hours from 1 to 168",
  ],
  [{ lines: { sense_wired: 'no' } }, "lines.sense_wired: found 'no'; allowed: true or false"],
  [{ lines: { sense: 17 } }, 'lines.sense: is line 17, and so is lines.sign; give each a line of its own'],
  [
    { site: { time_zone: 'Moon/Sea' } },
    "site.time_zone: found 'Moon/Sea'; allowed: the name of a time zone, such as 'Europe/Berlin'",
  ],
  [
    { site: { name: 'a/b' } },
    "site.name: found 'a/b'; allowed: up to 64 letters, digits, '.', '_' and '-', the first a letter or digit",
  ],
  [
    { doorway: { line: [0.5, 0.5] } },
    'doorway.line: found [ 0.5, 0.5 ]; allowed: two points [[x, y], [x, y]] with numbers from 0 to 1',
  ],
  [
    { doorway: { in_side: 'top-to-bottom' } },
    "doorway.in_side: 'top-to-bottom' does not lead across the line [[0.5,0],[0.5,1]]; " +
      "draw the line across people's way, or name one of its two sides",
  ],
])('a wrong value is told in one line that names key, find and what is allowed: %j', (parts, message) => {
  expect(refusal(written(parts))).toEqual({ code: 'SETTINGS_VALUE', message: `lintel.toml: ${message}` });
});

test('what is missing is named', () => {
  const { site, camera, ...rest } = NEEDED;
  expect(refusal(stringify({ site, camera: { driver: 'replay' }, ...rest })).message).toBe(
    "lintel.toml: camera.file: is missing; the replay driver needs the name of a recording, such as 'door.y4m'",
  );
  expect(refusal(stringify({ site: { name: 'a' }, camera, ...rest })).message).toMatch(
    /^lintel.toml: site.device: is missing; allowed: /,
  );
  expect(refusal('camera = 3').code).toBe('SETTINGS_VALUE');
  expect(refusal(stringify({ camera: { driver: 'replay' } })).message).toMatch(
    /^lintel.toml: site.name: is missing; .*; missing too: site.device, camera.file, doorway.line, doorway.in_side$/,
  );
  expect(refusal(stringify({ site: { nam: 'a' } })).message).toBe(
    "lintel.toml: there is no setting 'site.nam'; the nearest is site.name",
  );
});

test('a recording that is named is what auto plays, and is refused with the driver of a sensor', () => {
  const text = (camera: object) => stringify({ ...NEEDED, camera });
  const driver = (camera: object) => parseSettings(text(camera), 'lintel.toml').camera.driver;
  expect(driver({ file: 'door.y4m' })).toBe('replay');
  expect(driver({ driver: 'auto', file: 'door.y4m' })).toBe('replay');
  expect(driver({ driver: 'rpicam' })).toBe('rpicam');
  expect(driver({})).toBe('auto');
  expect(refusal(text({ driver: 'rpicam', file: 'door.y4m' })).message).toBe(
    "lintel.toml: camera.file: names a recording, which camera.driver 'rpicam' does not play; leave it out, or set 'replay'",
  );
});

test('a section that is not one is told with its keys', () => {
  const { message } = refusal(`broker = 3\n${written()}`);
  expect(message).toBe(
    'lintel.toml: broker: found 3; allowed: a section with url, other_urls, oldest_mqtt, ca, certificate, key, profile',
  );
});

test('a long or deep value is told in one short line', () => {
  const deep = Array.from({ length: 40 }, () => ({ a: { b: { c: { d: ['x'.repeat(500)] } } } }));
  const { message } = refusal(written({ detector: { threads: deep } }));
  expect(message).not.toContain('\n');
  expect(message.length).toBeLessThan(300);
});

test('a broker URL may hold a password and is never shown', () => {
  expect(refusal(written({ broker: { url: 'http://user:hunter2@host' } })).message).not.toContain('hunter2');
});

test.each([
  ['mqtt://broker.example', 'mqtt://user:hunter2@10.0.0.1:1883'],
  ['mqtt://127.0.0.1@broker.example', 'mqtt://127.evil.example'],
  ['mqtt://localhost.example', 'mqtt://[::2]'],
])('plain MQTT is refused but to this machine, and the URL is not shown: %s, %s', (...urls) => {
  for (const url of urls) {
    const { message } = refusal(written({ broker: { url } }));
    expect(message).toMatch(/^lintel.toml: broker.url: is plain MQTT to another machine/);
    expect(message).not.toContain(url);
    const further = refusal(written({ broker: { url: 'mqtts://host', other_urls: ['mqtts://b', url] } }));
    expect(further.message).toMatch(/^lintel.toml: broker.other_urls: is plain MQTT/);
  }
});

test.each(['mqtts://door:50%off@host', 'mqtts://host:70000', 'mqtts://host:0'])(
  'what uplink could not use is refused, and not shown: %s',
  (url) => {
    const { message } = refusal(written({ broker: { url } }));
    expect(message).toMatch(/^lintel.toml: broker.url: found something else; allowed: .*'%' .* '%25'$/);
    expect(refusal(written({ broker: { other_urls: [url] } })).message).toMatch(/broker.other_urls: found/);
  },
);

test("names that RabbitMQ would take apart in MQTT 3.1.1 are refused with it: '.' is as '/' there", () => {
  const site = { name: 'riverside.house', device: 'front-door' };
  expect(refusal(written({ site, broker: { oldest_mqtt: '3.1.1' } })).message).toMatch(
    /^lintel.toml: site.name: has a '[.]'.*use '-', or leave broker.oldest_mqtt at '5'/,
  );
  expect(parseSettings(written({ site }), 'lintel.toml').broker.allowsOldMqtt).toBe(false);
  const { broker } = parseSettings(written({ broker: { oldest_mqtt: '3.1.1' } }), 'lintel.toml');
  expect(broker.allowsOldMqtt).toBe(true);
});

test.each(['mqtt://localhost', 'mqtt://a:b@127.0.0.1:1', 'mqtt://[::1]:1883/', 'mqtts://broker.example'])(
  '%s can be a broker',
  (url) => {
    expect(parseSettings(written({ broker: { url } }), 'lintel.toml').broker.url).toBe(url);
  },
);

test('a certificate without its key, or a key without its certificate, is refused', () => {
  expect(refusal(written({ broker: { certificate: 'a' } })).message).toContain('broker.key: is missing');
  expect(refusal(written({ broker: { key: 'a' } })).message).toContain('broker.certificate: is missing');
});

test('a doorway line that is a point, or slants too far, is refused', () => {
  const slanted = [
    [0.1, 0.5],
    [0.9, 0.6],
  ];
  const point = [
    [0.5, 0.5],
    [0.5, 0.5],
  ];
  for (const line of [point, slanted])
    expect(refusal(written({ doorway: { line } })).code).toBe('SETTINGS_VALUE');
});

describe('the area that is seen', () => {
  const square = (from: number, to: number) => [
    [from, from],
    [to, from],
    [to, to],
    [from, to],
  ];

  test('is the whole picture, or a polygon that holds what is counted', () => {
    expect(parseSettings(written(), 'lintel.toml').area).toEqual([]);
    expect(parseSettings(written({ doorway: { area: square(0, 1) } }), 'lintel.toml').area).toEqual(
      square(0, 1),
    );
  });

  test.each([
    [{ area: square(0.2, 0.9) }, 'doorway.line: lies outside doorway.area, at least in part'],
    [{ area: square(0, 1).slice(2) }, 'doorway.area: has fewer than three corners'],
    [{ area: [square(0, 1), [[0, 1.5]]].flat() }, 'doorway.area: found'],
  ])('is refused when it is none, or leaves out what is counted: %j', (doorway, message) => {
    expect(refusal(written({ doorway })).message).toContain(message);
  });

  test('has to hold both areas', () => {
    const doorway = { in_area: square(0.1, 0.3), out_area: square(0.5, 0.7), area: square(0.2, 0.8) };
    const text = stringify({ ...NEEDED, doorway });
    expect(refusal(text).message).toContain('doorway.in_area: lies outside');
    expect(parseSettings(text.replaceAll('0.2', '0.1'), 'lintel.toml').area).toEqual(square(0.1, 0.8));
  });
});

test('broken TOML is told with its place', () => {
  expect(refusal('[site]\nname = "x\n')).toEqual({
    code: 'SETTINGS_SYNTAX',
    message:
      'lintel.toml: Invalid TOML document: control characters are not allowed in strings (line 2, column 10)',
  });
});

test('a file that is not there, or is a folder, is told in one line', async () => {
  await expect(loadSettings('/nonexistent/lintel.toml')).rejects.toMatchObject({
    code: 'SETTINGS_UNREADABLE',
  });
  await expect(loadSettings(tmpdir())).rejects.toMatchObject({ code: 'SETTINGS_UNREADABLE' });
});

test('settings are loaded from a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-settings-'));
  try {
    const file = join(folder, 'lintel.toml');
    await writeFile(file, settingsExample().replace('# file', 'file'));
    expect((await loadSettings(file)).camera.file).toBe(join(folder, 'door.y4m'));
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('whatever stands in the file, nothing but a one-line error of our own comes out', () => {
  const example = settingsExample();
  const lines = example.split('\n');
  const toml = (value: unknown) => {
    try {
      return stringify(value as Record<string, unknown>);
    } catch {
      return inspect(value);
    }
  };
  const names = fc.constantFrom(
    ...Object.keys(NEEDED),
    'lines',
    'broker',
    'file',
    'line',
    'url',
    '__proto__',
    'a\nb',
  );
  const values = fc.anything({ key: fc.oneof(names, fc.string()), withNullPrototype: true });
  const swapped = fc.tuple(fc.nat(lines.length - 1), values).map(([at, value]) => {
    const [key] = lines[at]!.split(' = ');
    return lines.with(at, toml({ [key!]: value })).join('\n');
  });
  const files = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.dictionary(names, values).map(toml),
    fc.nat(example.length).map((length) => example.slice(0, length)),
    swapped,
  );
  fc.assert(
    fc.property(files, (text) => {
      try {
        parseSettings(text, 'lintel.toml');
      } catch (error) {
        expect(error).toBeInstanceOf(LintelError);
        expect((error as LintelError).code).toMatch(/^SETTINGS_(SYNTAX|KEY|VALUE)$/);
        expect((error as LintelError).message).toMatch(/^lintel.toml: [^\n]+$/);
      }
    }),
    { numRuns: 500 },
  );
});
