const KEPT_CHARACTERS = 4_000;
const SHOWN_CHARACTERS = 200;

/** How a program ended, in words, with its own reason as far as it gave one. */
export function howItEnded(how: number | string, said: string): string {
  const lines = said.split('\n').flatMap((line) => line.trim() || []);
  // libcamera tells what it does in the same place, before and after.
  const reason = lines.findLast((line) => /error|fail|not found|no such/i.test(line)) ?? lines.at(-1);
  return `it ended with ${how}${reason === undefined ? '' : ` (${reason.slice(0, SHOWN_CHARACTERS)})`}`;
}

/** The end of what was said, where the reason is. */
export function keptWords(said: string): string {
  return said.slice(-KEPT_CHARACTERS);
}
