import { dirname, resolve } from 'node:path';
import { parseSettingsText, readSettingsFile } from '../settings-file/settings-file.ts';
import { SECTIONS } from './known-settings.ts';
import { type SettingsFile, settingsSchema } from './settings-schema.ts';
import { WAYS_IN } from './ways-in.ts';

/** The settings as the program takes them: every default filled in, every path absolute. */
export type Settings = ReturnType<typeof shaped>;

/** @throws LintelError SETTINGS_UNREADABLE, SETTINGS_SYNTAX, SETTINGS_KEY, SETTINGS_VALUE */
export async function loadSettings(file: string): Promise<Settings> {
  return parseSettings(await readSettingsFile(file, 'lintel settings'), file);
}

/**
 * @param text TOML
 * @param file where it came from: named in errors, and relative paths are meant from its folder
 * @throws LintelError SETTINGS_SYNTAX, SETTINGS_KEY, SETTINGS_VALUE
 */
export function parseSettings(text: string, file: string): Settings {
  return shaped(parseSettingsText(text, file, settingsSchema, SECTIONS), dirname(resolve(file)));
}

/** The settings as they stand in the file, every default filled in. @throws LintelError as `loadSettings` does */
export async function loadSettingsFile(file: string): Promise<SettingsFile> {
  return parseSettingsText(await readSettingsFile(file, 'lintel settings'), file, settingsSchema, SECTIONS);
}

const HOUR_MS = 3_600_000;

/** The directions in which people show their faces. */
const FACES = { 'coming-in': ['in'], 'going-out': ['out'], both: ['in', 'out'] } as const;

function shapedDoorway({ line, in_side, in_area, out_area }: SettingsFile['doorway']) {
  return line && in_side
    ? { from: line[0], to: line[1], in: WAYS_IN[in_side] }
    : { inArea: in_area, outArea: out_area };
}

function shaped(file: SettingsFile, folder: string) {
  const {
    site,
    notice,
    camera,
    doorway,
    detector,
    cover,
    count,
    anonymity,
    opt_out,
    lines,
    broker,
    aiming,
    paths,
  } = file;
  const placed = (name?: string) => (name === undefined ? undefined : resolve(folder, name));
  return {
    site: {
      name: site.name,
      device: site.device,
      place: site.place,
      purpose: site.purpose,
      timeZone: site.time_zone,
    },
    notice: {
      operator: notice.operator,
      contact: notice.contact,
      url: notice.url,
      otherWayIn: notice.other_way_in,
      purposes: { en: notice.purpose_en, zh: notice.purpose_zh, de: notice.purpose_de },
    },
    camera: {
      // From here on a recording is never taken for a camera: the settings' digest, and so every status, says replay.
      driver: camera.driver === 'auto' && camera.file !== undefined ? 'replay' : camera.driver,
      file: placed(camera.file),
      width: camera.width,
      height: camera.height,
      framesPerSecond: camera.frames_per_second,
    },
    doorway: shapedDoorway(doorway),
    faces: FACES[doorway.faces],
    /** What the camera may see; without corners it is the whole picture. */
    area: doorway.area,
    detector,
    cover,
    count: { windowMinutes: count.window_minutes },
    anonymity: { suppressBelow: anonymity.suppress_below },
    optOut: {
      assistPulseSeconds: opt_out.assist_pulse_seconds,
      returnMs: opt_out.returns_after === 'never' ? undefined : opt_out.returns_after * HOUR_MS,
    },
    lines: {
      driver: lines.driver,
      chip: lines.chip,
      sign: lines.sign,
      sense: lines.sense_wired ? lines.sense : undefined,
      button: lines.button,
      assist: lines.assist,
      buttonNormally: lines.button_normally,
    },
    broker: {
      url: broker.url,
      otherUrls: broker.other_urls,
      allowsOldMqtt: broker.oldest_mqtt === '3.1.1',
      ca: placed(broker.ca),
      certificate: placed(broker.certificate),
      key: placed(broker.key),
      profile: broker.profile,
    },
    aiming,
    paths: {
      spool: resolve(folder, paths.spool),
      state: resolve(folder, paths.state),
      models: resolve(folder, paths.models),
      aim: resolve(folder, paths.aim),
    },
  };
}
