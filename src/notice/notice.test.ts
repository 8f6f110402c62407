import decodeQR from 'qr/decode.js';
import { stringify } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { parseSettings } from '../config/settings.ts';
import { WORDS } from './languages.ts';
import { LANGUAGES, type Language, noticeFacts } from './notice-facts.ts';
import { noticeHtml, SIZES } from './notice-html.ts';
import { shortText } from './notice-words.ts';

const NEEDED = {
  site: { name: 'house', device: 'front' },
  notice: { operator: 'River & Sons', contact: 'ask@house.example' },
  camera: { file: 'door.y4m' },
  doorway: {
    line: [
      [0.5, 0],
      [0.5, 1],
    ],
    in_side: 'left-to-right',
  },
};

type Sections = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function factsOf(language: Language, changes: Sections = {}) {
  const merged: Record<string, unknown> = { ...NEEDED };
  for (const [section, keys] of Object.entries(changes)) {
    merged[section] = { ...(merged[section] as object), ...keys };
  }
  return noticeFacts(parseSettings(stringify(merged), 'lintel.toml'), language);
}

function html(language: Language, changes: Sections = {}, size: (typeof SIZES)[number] = 'a4'): string {
  const facts = factsOf(language, changes);
  return noticeHtml({ words: WORDS[language], facts, size, settings: '0123456789abcdef' });
}

/** What a phone reads: the squares of the code, drawn four pixels wide. */
function scanned(page: string): string {
  const side = Number(/viewBox="0 0 (\d+) /.exec(page)![1]) * 4;
  const data = new Uint8Array(side * side * 4).fill(255);
  for (const [, x, y] of page.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let pixel = 0; pixel < 16; pixel++) {
      const at = ((Number(y) * 4 + (pixel >> 2)) * side + Number(x) * 4 + (pixel & 3)) * 4;
      data.fill(0, at, at + 3);
    }
  }
  return decodeQR({ width: side, height: side, data });
}

describe.each(LANGUAGES)('the notice in %s', (language) => {
  test('says what the settings say', () => {
    const changes = {
      count: { window_minutes: 15 },
      anonymity: { suppress_below: 37 },
      opt_out: { returns_after: 13 },
    };
    const page = html(language, changes);
    const standard = prose(html(language));
    for (const number of ['15', '37', '13']) {
      expect(prose(page)).toContain(number);
      expect(standard).not.toContain(number);
    }
    for (const said of ['River &amp; Sons', 'ask@house.example', '0123456789abcdef']) {
      expect(page).toContain(said);
    }
  });

  test('is another text for each way in, each direction that is counted, and each end of an opt-out', () => {
    const different = (all: readonly Sections[]) =>
      new Set(all.map((changes) => prose(html(language, changes)))).size;
    const ways = ['intercom', 'concierge', 'card-reader', 'key'].map((way) => ({
      notice: { other_way_in: way },
    }));
    expect(different([{}, ...ways])).toBe(5);
    expect(different(['coming-in', 'going-out', 'both'].map((faces) => ({ doorway: { faces } })))).toBe(3);
    expect(different([{}, { opt_out: { returns_after: 1 } }, { opt_out: { returns_after: 2 } }])).toBe(3);
  });

  test.each(SIZES)('has a code that a phone reads, with the same text: %s', (size) => {
    expect(scanned(html(language, {}, size))).toBe(shortText(WORDS[language], factsOf(language)));
    const url = 'https://house.example/camera?a=1&b=2';
    expect(scanned(html(language, { notice: { url } }, size))).toBe(url);
    // Dark on light, with white space around it: not every reader takes another.
    expect(html(language, {}, size)).toMatch(/d="M4 4h1v1h-1zM5 4/);
  });

  test('is a page in its language that fetches nothing', () => {
    for (const size of SIZES) {
      const page = html(language, {}, size);
      expect(page).toMatch(new RegExp(`^<!doctype html>\n<html lang="${WORDS[language].tag}">`));
      expect(page).not.toMatch(/<(script|link|img|iframe)|url\(|@import|src=|href=/);
      expect(page.replace('http://www.w3.org/2000/svg', '')).not.toContain('http');
    }
  });
});

test('the exact truth stands on every notice, and the words of the sign do not stand alone', () => {
  expect(html('en')).toContain('Faces are found in order to be hidden; nobody is identified.');
  for (const language of LANGUAGES) {
    for (const size of SIZES) {
      const page = prose(html(language, {}, size));
      expect(page).toContain(WORDS[language].truth);
      expect(page).toContain(WORDS[language].sign);
    }
  }
});

test('a purpose of the site replaces the standard one, in the language it was given in', () => {
  const site = { purpose: 'Bienen zählen.' };
  const purposes = (language: Language) =>
    factsOf(language, { site, notice: { purpose_en: 'Counting bees.' } }).purpose;
  expect(LANGUAGES.map(purposes)).toEqual(['Counting bees.', 'Bienen zählen.', 'Bienen zählen.']);
  expect(factsOf('de').purpose).toBeUndefined();
});

test('text of the settings stays text', () => {
  const page = html('en', { notice: { operator: '<b onclick="x">\'&amp;' } });
  expect(page).toContain('&lt;b onclick=&quot;x&quot;&gt;&#39;&amp;amp;');
  expect(page).not.toContain('<b ');
});

test.each(['operator', 'contact'])('no notice is made that does not say its %s', (key) => {
  const { [key]: _left, ...notice } = NEEDED.notice as Record<string, string>;
  const settings = parseSettings(stringify({ ...NEEDED, notice }), 'lintel.toml');
  expect(() => noticeFacts(settings, 'en')).toThrow(`notice.${key} is missing in the settings`);
});

/** Without styles, tags and the code. */
function prose(page: string): string {
  return page
    .replace(/<style>[\s\S]*<\/style>|<svg[\s\S]*<\/svg>|<[^>]*>/g, ' ')
    .replace('0123456789abcdef', '');
}
