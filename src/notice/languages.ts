import { CHINESE } from './chinese.ts';
import { ENGLISH } from './english.ts';
import { GERMAN } from './german.ts';
import type { Language } from './notice-facts.ts';
import type { NoticeWords } from './notice-words.ts';

export const WORDS: Readonly<Record<Language, NoticeWords>> = { en: ENGLISH, zh: CHINESE, de: GERMAN };
