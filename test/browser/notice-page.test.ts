import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WORDS } from '../../src/notice/languages.ts';
import { LANGUAGES, type NoticeFacts } from '../../src/notice/notice-facts.ts';
import { noticeHtml, SIZES } from '../../src/notice/notice-html.ts';
import { openChromium } from './chromium.ts';

/** In CSS, whatever the screen. */
const PIXELS_PER_MM = 96 / 25.4;
/** What a sheet has between its margins. */
const SHEET_MM = { a4: { width: 182, height: 273 }, door: { width: 130, height: 192 } } as const;

/** Of everything that settings can say, the longer. */
const FACTS: NoticeFacts = {
  door: 'riverside-house-north/front-door',
  operator: 'Riverside House Management Limited, 118 Great River Street, Northtown',
  contact: 'data-protection@riverside-house.example, +44 20 7946 0000',
  url: undefined,
  purpose:
    'Counting how many people pass this door in an hour, so that the lift and the cleaning are planned after it.',
  counted: 'both',
  windowMinutes: 60,
  suppressBelow: 10,
  otherWayIn: 'card-reader',
  returnHours: 12,
};

describe('a notice is printed on one sheet', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openChromium();
  });
  afterAll(() => browser.close());

  it.each(LANGUAGES.flatMap((language) => SIZES.map((size) => ({ language, size }))))(
    'in $language, for $size',
    async ({ language, size }) => {
      const sheet = SHEET_MM[size];
      const page = await browser.newPage();
      await page.emulateMedia({ media: 'print' });
      await page.setContent(
        noticeHtml({ words: WORDS[language], facts: FACTS, size, settings: '0123456789abcdef' }),
      );
      const used = await page.locator('body').boundingBox();
      expect(used!.width / PIXELS_PER_MM).toBeLessThanOrEqual(sheet.width + 0.1);
      expect(used!.height / PIXELS_PER_MM).toBeLessThanOrEqual(sheet.height);
      await page.close();
    },
  );
});
