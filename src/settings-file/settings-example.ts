import { stringify } from 'smol-toml';
import type { KnownSetting, Sections } from './known-settings.ts';

/** A settings file with every key, what it means, and its default. @param title whose settings they are, as a sentence */
export function writeExample(title: string, known: Sections): string {
  const sections = Object.entries(known).map(([section, { description, properties = {} }]) => {
    const keys = Object.entries(properties).map(([key, setting]) => example(key, setting));
    return [`# ${description}\n[${section}]\n`, ...keys].join('\n');
  });
  return [`# ${title} What is said here beside a key is its default, if it has one.\n`, ...sections].join(
    '\n',
  );
}

function example(
  key: string,
  { description, enum: choices, default: standard, examples }: KnownSetting,
): string {
  const own = standard === undefined ? ' Has no default.' : '';
  const listed = choices ? ` One of: ${choices.join(', ')}.` : '';
  const text = wrapped(`${description}${listed}${own}`);
  return `${text}\n${stringify({ [key]: standard ?? examples?.[0] })}`;
}

function wrapped(text: string): string {
  return text.replace(/(?=.)(.{1,100})(?: |$)/g, '# $1\n').trimEnd();
}
