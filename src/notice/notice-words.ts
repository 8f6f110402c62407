import type { NoticeFacts } from './notice-facts.ts';

/** The notice in one language. Plain text: what is put on a page is escaped there. */
export interface NoticeWords {
  /** As BCP 47 has it. */
  readonly tag: string;
  readonly title: string;
  /** The exact truth, in one sentence. */
  readonly truth: string;
  /** What the lit sign says, and what it means. */
  readonly sign: string;
  readonly closing: (facts: NoticeFacts) => string;
  readonly sections: readonly NoticeSection[];
  /** Who answers for the camera, and whom to ask. */
  readonly ask: (facts: NoticeFacts) => readonly [string, string];
  /** Beside the code: what it leads to, or holds. */
  readonly code: { readonly link: string; readonly text: string };
  readonly settings: string;
}

export interface NoticeSection {
  readonly heading: string;
  readonly text: (facts: NoticeFacts) => string;
}

/** The notice in short, as the code on it holds it. */
export function shortText(words: NoticeWords, facts: NoticeFacts): string {
  return [words.truth, words.closing(facts), ...words.ask(facts)].join('\n');
}
