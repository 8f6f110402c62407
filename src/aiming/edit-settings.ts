import { isDeepStrictEqual } from 'node:util';
import { parse, stringify, type TomlTable, type TomlValue } from 'smol-toml';
import { LintelError } from '../lintel-error.ts';

/**
 * Gives keys of one section other values in the text of a settings file, and leaves all else as it was written, comments too.
 * @param text TOML that can be parsed
 * @throws LintelError SETTINGS_EDIT when the file is written in a way in which this cannot be done
 */
export function editSection(
  text: string,
  section: string,
  values: Readonly<Record<string, TomlValue>>,
): string {
  let lines = text.split('\n');
  if (sectionStart(lines, section) < 0) lines = [...lines, '', `[${section}]`, ''];
  for (const [key, value] of Object.entries(values)) {
    const start = sectionStart(lines, section);
    const at = lines.findIndex((line, index) => index >= start && isKey(line, key));
    const isThere = at >= 0 && at < sectionEnd(lines, start);
    const [from, end] = isThere ? [at, valueEnd(lines, at)] : [start, start];
    lines.splice(from, end - from, stringify({ [key]: value }).trimEnd());
  }
  const edited = lines.join('\n');
  checkEdited(text, edited, section, values);
  return edited;
}

/** The line after the section's name, or -1. */
function sectionStart(lines: readonly string[], section: string): number {
  const name = new RegExp(`^\\s*\\[\\s*${section}\\s*\\]\\s*(#.*)?\\r?$`);
  const at = lines.findIndex((line) => name.test(line));
  return at < 0 ? at : at + 1;
}

/** The line of the next section's name; a line within an array begins with a bracket too, but none has a name in it. */
function sectionEnd(lines: readonly string[], start: number): number {
  const at = lines.findIndex((line, index) => index >= start && /^\s*\[\s*[A-Za-z_"'[]/.test(line));
  return at < 0 ? lines.length : at;
}

function isKey(line: string, key: string): boolean {
  return new RegExp(`^\\s*${key}\\s*=`).test(line);
}

/** The line after the value that begins in line `at`: where its brackets are closed. */
function valueEnd(lines: readonly string[], at: number): number {
  let depth = 0;
  for (let end = at; end < lines.length; end++) {
    const bare = lines[end]!.replace(/"(\\.|[^"\\])*"|'[^']*'/g, '').replace(/#.*/, '');
    for (const sign of bare) depth += sign === '[' ? 1 : sign === ']' ? -1 : 0;
    if (depth <= 0) return end + 1;
  }
  return lines.length;
}

/** Whatever the text looked like: what it says now is what it said before, but for the new values. */
function checkEdited(
  text: string,
  edited: string,
  section: string,
  values: Readonly<Record<string, TomlValue>>,
): void {
  const wanted = parse(text);
  wanted[section] = { ...(wanted[section] as TomlTable | undefined), ...values };
  let found: TomlTable | undefined;
  try {
    found = parse(edited);
  } catch {
    // It is told below.
  }
  // Compared as data: how the tables were made does not matter.
  if (found && isDeepStrictEqual(structuredClone(found), structuredClone(wanted))) return;
  throw new LintelError(
    'SETTINGS_EDIT',
    `the settings are written in a way in which [${section}] cannot be changed here: change it with an editor`,
  );
}
