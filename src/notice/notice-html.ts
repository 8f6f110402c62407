import type { NoticeFacts } from './notice-facts.ts';
import { type NoticeWords, shortText } from './notice-words.ts';
import { qrSvg } from './qr-svg.ts';

export const SIZES = ['a4', 'door'] as const;
export type NoticeSize = (typeof SIZES)[number];

export interface NoticeOptions {
  readonly words: NoticeWords;
  readonly facts: NoticeFacts;
  readonly size: NoticeSize;
  /** What the settings are known by: the beginning of their digest. */
  readonly settings: string;
}

/** A page to print, with nothing in it that is fetched from elsewhere. */
export function noticeHtml({ words, facts, size, settings }: NoticeOptions): string {
  const heads = `<h1>${escaped(words.title)}</h1>\n<p class="truth">${escaped(words.truth)}</p>`;
  const text = size === 'a4' ? wholeText(words, facts) : paragraphs([words.sign, words.closing(facts)]);
  return `<!doctype html>
<html lang="${words.tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(words.title)}</title>
<style>
${STYLE}${PAGE[size]}
</style>
</head>
<body>
<main>
<header>
${heads}
</header>
${text}
</main>
<footer>
<div>
${paragraphs(words.ask(facts))}
<p class="small">${escaped(`${facts.door} · ${words.settings} ${settings}`)}</p>
</div>
<figure>
${code(words, facts)}
</figure>
</footer>
</body>
</html>
`;
}

function wholeText(words: NoticeWords, facts: NoticeFacts): string {
  const sections = words.sections.map(
    ({ heading, text }) => `<section><h2>${escaped(heading)}</h2><p>${escaped(text(facts))}</p></section>`,
  );
  return [paragraphs([words.sign]), ...sections].join('\n');
}

function code(words: NoticeWords, facts: NoticeFacts): string {
  const caption = escaped(facts.url === undefined ? words.code.text : words.code.link);
  const svg = qrSvg(facts.url ?? shortText(words, facts), caption);
  return `${svg}\n<figcaption>${caption}${facts.url === undefined ? '' : `<br>${escaped(facts.url)}`}</figcaption>`;
}

function paragraphs(texts: readonly string[]): string {
  return texts.map((text) => `<p>${escaped(text)}</p>`).join('\n');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ESCAPES[sign]!);
}

const STYLE = `* { box-sizing: border-box; margin: 0; }
html { color: #000; background: #fff; hyphens: auto; overflow-wrap: anywhere;
  font-family: "Noto Sans", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif; }
body { display: flex; flex-direction: column; margin: 0 auto; }
main { flex: 1; }
h1 { line-height: 1.15; hyphens: manual; }
h2 { font-size: 1.1em; }
.truth { font-weight: bold; border: solid #000; }
footer { display: flex; align-items: flex-end; border-top: solid #000; break-inside: avoid; }
footer > div { flex: 1; }
.small { font-weight: normal; }
svg { display: block; width: 100%; }
section { break-inside: avoid; }
`;

/** Lengths as they are on paper; a page is narrower by its margins. */
const PAGE: Readonly<Record<NoticeSize, string>> = {
  a4: `@page { size: 210mm 297mm; margin: 12mm 14mm; }
body { width: 182mm; min-height: 266mm; font-size: 11pt; line-height: 1.28; }
h1 { font-size: 24pt; }
.truth { font-size: 14pt; line-height: 1.2; border-width: 1.2mm; padding: 2mm 4mm; margin: 3mm 0; }
section { margin-top: 2.2mm; }
footer { gap: 8mm; border-width: 0.6mm; padding-top: 3mm; margin-top: 3mm; }
footer p { font-weight: bold; }
footer .small, figcaption { font-size: 9.5pt; font-weight: normal; margin-top: 1.5mm; }
figure { width: 44mm; }`,
  door: `@page { size: 148mm 210mm; margin: 9mm; }
body { width: 130mm; min-height: 186mm; font-size: 14pt; line-height: 1.3; }
h1 { font-size: 25pt; }
.truth { font-size: 17pt; line-height: 1.2; border-width: 1.2mm; padding: 2.5mm 4mm; margin: 3mm 0; }
main > p { margin-top: 2.5mm; }
footer { gap: 5mm; border-width: 0.6mm; padding-top: 3mm; margin-top: 3mm; }
footer p { font-size: 12pt; font-weight: bold; }
footer .small, figcaption { font-size: 9pt; font-weight: normal; line-height: 1.2; margin-top: 1.5mm; }
figure { width: 44mm; }`,
};
