import type { Finding, FindingState } from './finding.ts';

/** Read over a shoulder, and on the smallest of terminals. */
const COLUMNS = 80;
const MARKS: Readonly<Record<FindingState, string>> = { ok: 'ok', warn: 'WARN', fail: 'FAIL', skipped: '-' };
const MARK_COLUMNS = 6;
const ITEM_COLUMNS = 14;
const INDENT = MARK_COLUMNS + ITEM_COLUMNS;

/** Lines of at most 80 characters, each with its end. */
export function describeFinding({ item, state, text }: Finding): string {
  const [first, ...rest] = wrapped(text, COLUMNS - INDENT);
  const head = `${MARKS[state].padEnd(MARK_COLUMNS)}${item.padEnd(ITEM_COLUMNS)}${first}`;
  return [head, ...rest.map((line) => `${' '.repeat(INDENT)}${line}`)].map((line) => `${line}\n`).join('');
}

function wrapped(text: string, columns: number): string[] {
  const lines = [''];
  for (const word of text.split(/\s+/).flatMap((whole) => pieces(whole, columns))) {
    const line = lines.at(-1)!;
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= columns) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** A path may be longer than a line. */
function pieces(word: string, columns: number): string[] {
  return word.length <= columns ? [word] : [word.slice(0, columns), ...pieces(word.slice(columns), columns)];
}
