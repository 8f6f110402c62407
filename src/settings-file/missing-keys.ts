import type { z } from 'zod';
import type { Sections } from './known-settings.ts';

type Given = Record<string, Record<string, unknown>>;

/**
 * The keys that are missing, in the order in which they would be asked for one after another: each is given its example, until
 * there is none missing, or something else is wrong.
 * @param settings as they were parsed
 */
export function missingKeys(settings: unknown, schema: z.ZodType, sections: Sections): string[] {
  const given = { ...(settings as Given) };
  const missing: string[] = [];
  for (;;) {
    const [section, key] = (schema.safeParse(given).error?.issues[0]?.path ?? []).map(String);
    if (section === undefined || key === undefined) return missing;
    const example = sections[section]?.properties?.[key]?.examples?.[0];
    if (given[section]?.[key] !== undefined || example === undefined) return missing;
    missing.push(`${section}.${key}`);
    given[section] = { ...given[section], [key]: example };
  }
}
