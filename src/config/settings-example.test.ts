import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { KEYS, SECTIONS } from './known-settings.ts';
import { parseSettings } from './settings.ts';
import { settingsExample } from './settings-example.ts';

test('the example holds every key and every default, the recording behind a mark, and can be loaded', () => {
  expect(parse(settingsExample())).not.toHaveProperty('camera.file');
  const example = parse(settingsExample().replace(/^# (?=file = )/m, '')) as Record<
    string,
    Record<string, unknown>
  >;
  const keys = Object.entries(example).flatMap(([section, values]) =>
    Object.keys(values).map((key) => `${section}.${key}`),
  );
  expect(keys).toEqual(KEYS);
  for (const [section, { properties }] of Object.entries(SECTIONS)) {
    for (const [key, setting] of Object.entries(properties ?? {})) {
      expect(example[section]?.[key]).toEqual(setting.default ?? setting.examples?.[0]);
    }
  }
  expect(() => parseSettings(settingsExample(), 'lintel.toml')).not.toThrow();
});

test('every section and every key is explained, and has a default or an example', () => {
  for (const section of Object.values(SECTIONS)) {
    expect(section.description).toBeTruthy();
    for (const setting of Object.values(section.properties ?? {})) {
      expect(setting.description).toMatch(/^[A-Z].*[.]$/);
      expect(setting.default ?? setting.examples?.[0]).toBeDefined();
    }
  }
});

test('no line of the example is too long to read', () => {
  for (const line of settingsExample().split('\n')) expect(line.length).toBeLessThanOrEqual(102);
});
