import { expect, test } from 'vitest';
import { z } from 'zod';
import { checkTogether } from './check-together.ts';
import { KEYS } from './known-settings.ts';
import { parseSettings } from './settings.ts';
import { settingsExample } from './settings-example.ts';

/**
 * Promise P9: no setting switches off the sign, the button, the covering or the noise; the operator is part of the
 * threat. This list is whole on purpose. Who adds a key says here why nobody can weaken a promise with it, whatever
 * value it takes; who cannot say so must not add it.
 */
const WHY_HARMLESS = {
  'site.name': 'a name in the topic of a report',
  'site.device': 'a name in the topic of a report',
  'site.place': 'private rooms are refused; beside that nothing acts on it',
  'site.purpose': 'words on the notice; nothing acts on them',
  'site.time_zone': 'moves where the day begins; every window is still released once',
  'notice.operator': 'words on the notice; nothing acts on them',
  'notice.contact': 'words on the notice; nothing acts on them',
  'notice.url': 'what the code on the notice leads to; nothing acts on it',
  'notice.other_way_in': 'words on the notice; the assist line calls it, whatever it is',
  'notice.purpose_en': 'words on the notice; nothing acts on them',
  'notice.purpose_zh': 'words on the notice; nothing acts on them',
  'notice.purpose_de': 'words on the notice; nothing acts on them',
  'camera.driver': 'chooses the sensor; each is opened by the interlock alone',
  'camera.file': 'a recording in place of a sensor',
  'camera.width': 'pixels; frames of every size are covered',
  'camera.height': 'pixels; frames of every size are covered',
  'camera.frames_per_second': 'a rate; each frame is covered for itself',
  'doorway.faces': 'says which counts mean nothing; those are not told',
  'doorway.line': 'moves what is counted, not what is covered',
  'doorway.in_side': 'swaps in and out',
  'doorway.in_area': 'moves what is counted, not what is covered',
  'doorway.out_area': 'moves what is counted, not what is covered',
  'doorway.area':
    'takes pixels away; no value shows more than the picture, and all of that is covered as ever',
  'detector.profile': 'each profile is a measured one; a frame without a finished detection is covered whole',
  'detector.threads': 'at least one; a slow detector covers more, not less',
  'cover.style': 'every style draws from the same few cells or from fewer; none is off',
  'count.window_minutes': 'three lengths, all with the same noise; none under 15 minutes',
  'anonymity.suppress_below': 'never under 5; the noise has no key',
  'opt_out.assist_pulse_seconds': 'at least half a second; the camera closes whatever it is',
  'opt_out.returns_after':
    'never unless it is set, then not under an hour; the sign is lit again first, and a press opts out again at once',
  'lines.driver': 'simulated lines are refused with a real camera',
  'lines.chip': 'without the chip there is no sign to see, and the camera stays closed',
  'lines.sign': 'without a sign that is seen lit the camera stays closed; a line of its own',
  'lines.sense': 'a line of its own; one that shows nothing keeps the camera closed',
  'lines.button': 'a line of its own; moving it is wiring, as is cutting it',
  'lines.assist': 'a line of its own',
  'lines.button_normally': 'the contact of a button; there is always one',
  'lines.sense_wired': 'without it the output is read back, and the evidence says so',
  'broker.url': 'where reports go: anonymised before they are written to the spool',
  'broker.other_urls': 'as broker.url',
  'broker.oldest_mqtt': 'how the same reports are sent',
  'broker.ca':
    "whom the broker's certificate may come from; it is always checked, and always against the name",
  'broker.certificate': 'who this camera is to the broker',
  'broker.key': 'who this camera is to the broker',
  'broker.profile': 'the topics and form of the same reports',
  'aiming.host':
    'a page of covered stills, for as long as five presses at the door have asked for; never beyond the local link',
  'aiming.port': 'a port on that link',
  'paths.spool': 'where reports wait',
  'paths.state': 'where the choice is kept; without it the camera does not start',
  'paths.models': 'a model is refused unless the catalogue in the code names its hash',
  'paths.aim': 'covered stills, while aiming lasts; none where it is not in memory',
};

test('there is no setting but those that are known to weaken no promise', () => {
  expect([...KEYS].sort()).toEqual(Object.keys(WHY_HARMLESS).sort());
});

test('simulated lines, whose sign nobody sees, are refused with any camera but a recording', () => {
  const [site, broker] = [{ name: 'hall', device: 'front' }, { oldest_mqtt: '5' }];
  const lines = { driver: 'simulated', sign: 1, sense: 2, button: 3, assist: 4 };
  const doorway = {
    line: [[0.5, 0] as const, [0.5, 1] as const] as const,
    in_side: 'left-to-right',
    in_area: [],
    out_area: [],
    area: [],
  };
  const refused = (driver: string) => {
    const file = driver === 'replay' ? 'door.y4m' : undefined;
    const camera = { driver, file, width: 1280, height: 720 };
    const settings = { site, broker, camera, doorway, lines };
    const schema = z.any().superRefine((_, context) => checkTogether(settings, context));
    return schema.safeParse({}).error?.issues.map(({ path }) => path.join('.'));
  };
  expect(refused('replay')).toBeUndefined();
  expect(refused('libcamera')).toEqual(['lines.driver']);
});

test.each([
  ['style = "blur"', 'style = "none"'],
  ['style = "blur"', 'style = false'],
  ['suppress_below = 10', 'suppress_below = 0'],
  ['assist_pulse_seconds = 2', 'assist_pulse_seconds = 0'],
  ['returns_after = "never"', 'returns_after = 0'],
  ['sign = 17', 'sign = -1'],
  ['sign = 17', 'sign = false'],
  ['button = 22', 'button = 17'],
  ['threads = 1', 'threads = 0'],
])('no value that would switch something off is taken: %s becomes %s', (from, to) => {
  const example = settingsExample();
  expect(example).toContain(from);
  expect(() => parseSettings(example.replace(from, to), 'lintel.toml')).toThrow(/allowed|line of its own/);
});
