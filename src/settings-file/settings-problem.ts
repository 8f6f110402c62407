import { inspect } from 'node:util';
import leven from 'leven';
import type { z } from 'zod';
import { type KnownSetting, keysOf, type Sections } from './known-settings.ts';

/** What is wrong with settings: an error's code, and its line, without the file. */
export interface SettingsProblem {
  readonly code: 'SETTINGS_KEY' | 'SETTINGS_VALUE';
  readonly message: string;
}

/** Says the first of zod's issues in words for the person who wrote `settings`. */
export function settingsProblem(
  issues: readonly z.core.$ZodIssue[],
  settings: unknown,
  sections: Sections,
): SettingsProblem {
  // An unknown key goes first, since it is often the one that another issue misses.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]!;
  if (issue.code === 'unrecognized_keys') {
    const name = [...issue.path, issue.keys[0]!].map(String);
    const message = `there is no setting ${shown(name.join('.'))}; the nearest is ${nearestKey(name, sections)}`;
    return { code: 'SETTINGS_KEY', message };
  }
  const path = issue.path.slice(0, 2).map(String);
  const key = path.join('.');
  if (issue.code === 'custom' && issue.params?.together) {
    return { code: 'SETTINGS_VALUE', message: `${key}: ${issue.message}` };
  }
  const known = path.reduce<KnownSetting>((at, name) => at.properties?.[name] ?? {}, {
    properties: sections,
  });
  const value = path.reduce<unknown>(
    (at, name) => (at as Record<string, unknown> | undefined)?.[name],
    settings,
  );
  const found = known.secret ? 'found something else' : `found ${shown(value)}`;
  const message = `${key}: ${value === undefined ? 'is missing' : found}; allowed: ${allowed(known)}`;
  return { code: 'SETTINGS_VALUE', message };
}

/** The key whose own name is nearest; of several, the one whose section is. */
function nearestKey(name: readonly string[], sections: Sections): string {
  const distance = (key: string) =>
    100 * leven(key.split('.').at(-1)!, name.at(-1)!) + leven(key, name.join('.'));
  const keys = keysOf(sections);
  const known = name.length === 1 ? [...Object.keys(sections), ...keys] : keys;
  return known.reduce((best, key) => (distance(key) < distance(best) ? key : best));
}

function allowed({ allowed, type, enum: choices, minimum, maximum, properties }: KnownSetting): string {
  if (allowed) return allowed;
  if (choices) return new Intl.ListFormat('en', { type: 'disjunction' }).format(choices.map(shown));
  if (properties) return `a section with ${Object.keys(properties).join(', ')}`;
  if (type === 'boolean') return 'true or false';
  return `a ${type === 'integer' ? 'whole number' : 'number'} from ${minimum} to ${maximum}`;
}

/** A value as it would stand in code, cut short. */
function shown(value: unknown): string {
  const text = inspect(value, { depth: 3, maxArrayLength: 8, maxStringLength: 60 });
  return text.length <= 160 ? text : `${text.slice(0, 160)}...`;
}
