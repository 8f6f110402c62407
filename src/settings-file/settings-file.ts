import { readFile } from 'node:fs/promises';
import { parse, TomlError } from 'smol-toml';
import type { z } from 'zod';
import { LintelError } from '../lintel-error.ts';
import type { Sections } from './known-settings.ts';
import { missingKeys } from './missing-keys.ts';
import { settingsProblem } from './settings-problem.ts';

/** @param printer the command that prints a file to begin with. @throws LintelError SETTINGS_UNREADABLE */
export async function readSettingsFile(file: string, printer: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const what =
      code === 'ENOENT'
        ? `there is no settings file ${file}: '${printer}' prints one to begin with`
        : `the settings ${file} cannot be read: ${message}`;
    throw new LintelError('SETTINGS_UNREADABLE', oneLine(what), error);
  }
}

/**
 * @param text TOML
 * @param file where it came from, for errors
 * @throws LintelError SETTINGS_SYNTAX, SETTINGS_KEY, SETTINGS_VALUE
 */
export function parseSettingsText<Schema extends z.ZodType>(
  text: string,
  file: string,
  schema: Schema,
  sections: Sections,
): z.output<Schema> {
  const settings = parseToml(text, file);
  const result = schema.safeParse(settings);
  if (result.success) return result.data;
  const { code, message } = settingsProblem(result.error.issues, settings, sections);
  const [, ...others] = / is missing;/.test(message) ? missingKeys(settings, schema, sections) : [];
  const too = others.length > 0 ? `; missing too: ${others.join(', ')}` : '';
  throw new LintelError(code, oneLine(`${file}: ${message}${too}`));
}

function parseToml(text: string, file: string): unknown {
  try {
    return parse(text, { unsafeKeyBehaviour: 'throw' });
  } catch (error) {
    const where = error instanceof TomlError ? ` (line ${error.line}, column ${error.column})` : '';
    const [reason] = error instanceof Error ? error.message.split('\n') : [String(error)];
    throw new LintelError('SETTINGS_SYNTAX', oneLine(`${file}: ${reason}${where}`), error);
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
