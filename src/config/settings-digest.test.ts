import { stringify } from 'smol-toml';
import { expect, test } from 'vitest';
import { KEYS } from './known-settings.ts';
import { parseSettings } from './settings.ts';
import { settingsDigest } from './settings-digest.ts';

const LEFT = [
  [0.4, 0],
  [0.4, 1],
];
/** Another value than the one below of every key; what it is for decides whether it shows in the digest. */
const SHOWN: Record<string, unknown> = {
  'site.place': 'shop-entrance',
  'site.purpose': 'Counting visitors.',
  'site.time_zone': 'Europe/Berlin',
  'camera.driver': 'rpicam',
  'notice.operator': 'Other House Ltd',
  'notice.contact': 'other@house.example',
  'notice.url': 'https://house.example/other',
  'notice.other_way_in': 'key',
  'notice.purpose_en': 'Counting visitors.',
  'notice.purpose_zh': '统计。',
  'notice.purpose_de': 'Zählung.',
  'camera.width': 640,
  'camera.height': 480,
  'camera.frames_per_second': 5,
  'doorway.faces': 'both',
  'doorway.line': LEFT,
  'doorway.in_side': 'right-to-left',
  'doorway.area': [
    [0, 0],
    [1, 0],
    [0.9, 1],
    [0, 1],
  ],
  'detector.profile': 'careful',
  'cover.style': 'solid',
  'count.window_minutes': 15,
  'anonymity.suppress_below': 20,
  'opt_out.assist_pulse_seconds': 3,
  'opt_out.returns_after': 12,
  'lines.driver': 'simulated',
  'lines.chip': 'gpio-sim',
  'lines.sign': 1,
  'lines.sense': 2,
  'lines.button': 3,
  'lines.assist': 4,
  'lines.button_normally': 'open',
  'lines.sense_wired': false,
};
/** A name that every message is signed with, and what is nobody's business but the installer's. */
const NOT_SHOWN: Record<string, unknown> = {
  'site.name': 'house',
  'site.device': 'back',
  'camera.file': 'other.y4m',
  'detector.threads': 2,
  'aiming.host': 'usb0',
  'aiming.port': 80,
  'paths.aim': 'aim',
  'broker.url': 'mqtts://door:secret@broker.example',
  'broker.other_urls': ['mqtts://other.example'],
  'broker.oldest_mqtt': '3.1.1',
  'broker.ca': 'ca.pem',
  'broker.certificate': 'camera.pem',
  'broker.key': 'camera.key',
  'broker.profile': 'sparkplug',
  'paths.spool': '/spool',
  'paths.state': '/state',
  'paths.models': '/models',
};
/** Areas go without a line: they have a test of their own. */
const WITHOUT_ANOTHER = ['doorway.in_area', 'doorway.out_area'];

const SETTINGS: Readonly<Record<string, Record<string, unknown>>> = {
  site: { name: 'hall', device: 'front' },
  camera: { driver: 'replay', file: 'door.y4m' },
  doorway: {
    line: [
      [0.5, 0],
      [0.5, 1],
    ],
    in_side: 'left-to-right',
  },
  // Neither goes without the other.
  broker: { certificate: 'a.pem', key: 'a.key' },
};

/** The digest, in hex, of settings in which one key has another value. */
function digest(key?: string, value?: unknown): string {
  const [section, name] = key?.split('.') ?? [];
  if (!section || !name) return digestOf(SETTINGS);
  // No sensor goes with a recording.
  const without = key === 'camera.driver' ? { file: undefined } : {};
  return digestOf({ ...SETTINGS, [section]: { ...SETTINGS[section], ...without, [name]: value } });
}

function digestOf(settings: object): string {
  return Buffer.from(settingsDigest(parseSettings(stringify(settings), '/lintel.toml'))).toString('hex');
}

test('every setting is known to show in the digest, or not to', () => {
  const known = [...Object.keys(SHOWN), ...Object.keys(NOT_SHOWN), ...WITHOUT_ANOTHER];
  expect(known.sort()).toEqual([...KEYS].sort());
});

test.each(Object.entries(SHOWN))('whoever changes %s changes the digest', (key, value) => {
  expect(digest(key, value)).not.toBe(digest());
});

test.each(Object.entries(NOT_SHOWN))('%s is not in the digest', (key, value) => {
  expect(digest(key, value)).toBe(digest());
});

test('a recording shows in the digest, whether replay is set or auto takes it', () => {
  const auto = digestOf({ ...SETTINGS, camera: { file: 'door.y4m' } });
  expect(auto).toBe(digest());
  expect(auto).not.toBe(digestOf({ ...SETTINGS, camera: {} }));
});

test('the same settings have the same digest, in whatever order they are written', () => {
  const there = "[camera]\ndriver = 'replay'\nfile = 'door.y4m'\n";
  const back = "[site]\ndevice = 'front'\nname = 'hall'\n";
  const doorway = "[doorway]\nin_side = 'left-to-right'\nline = [[0.5, 0], [0.5, 1]]\n";
  const threshold = '[anonymity]\nsuppress_below = 10\n';
  const digests = [there + back + doorway, threshold + doorway + back + there].map((text) =>
    Buffer.from(settingsDigest(parseSettings(text, '/lintel.toml'))).toString('hex'),
  );
  expect(digests).toEqual([digest(), digest()]);
});

test('whoever moves an area that counts changes the digest', () => {
  const area = (left: number) => [
    [left, 0],
    [left + 0.2, 0],
    [left + 0.2, 1],
  ];
  const of = (inLeft: number, outLeft: number) =>
    digestOf({ ...SETTINGS, doorway: { in_area: area(inLeft), out_area: area(outLeft) } });
  expect(new Set([digest(), of(0, 0.5), of(0.1, 0.5), of(0, 0.6)]).size).toBe(4);
});
