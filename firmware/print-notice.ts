import { writeFile } from 'node:fs/promises';
import { loadSettings } from '../src/config/settings.ts';
import { settingsDigest } from '../src/config/settings-digest.ts';
import { LintelError } from '../src/lintel-error.ts';
import { WORDS } from '../src/notice/languages.ts';
import { type Language, noticeFacts } from '../src/notice/notice-facts.ts';
import { type NoticeSize, noticeHtml } from '../src/notice/notice-html.ts';

/** As many hexadecimal digits of the settings' digest as are shown; `lintel identity` prints all of it. */
const DIGEST_DIGITS = 16;

/** @throws LintelError when the settings cannot be used, or lack what a notice has to say */
export async function noticeFor(file: string, size: NoticeSize, language: Language): Promise<string> {
  const settings = await loadSettings(file);
  const facts = noticeFacts(settings, language);
  const digest = Buffer.from(settingsDigest(settings)).toString('hex').slice(0, DIGEST_DIGITS);
  return noticeHtml({ words: WORDS[language], facts, size, settings: digest });
}

/** @throws LintelError NOTICE_UNWRITABLE */
export async function saveNotice(out: string, html: string): Promise<void> {
  await writeFile(out, html).catch((error) => {
    throw new LintelError('NOTICE_UNWRITABLE', `cannot write ${out}: ${error.message}`, error);
  });
}
