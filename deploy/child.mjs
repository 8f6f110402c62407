import { spawn } from 'node:child_process';

/** What went wrong, in words for the person at the terminal. */
export class SetupError extends Error {}

/** Of a failed program's output the beginning and the end are shown, so many lines of each. */
const SHOWN_LINES = 12;
const STILL_BUSY_MS = 15_000;

/**
 * Runs a program to its end. With `shown`, its output is seen as it comes; otherwise there is a sign of life from
 * time to time, and should it fail, the beginning and the end of what it said.
 */
export async function run(command, args, { cwd, env, shown = false }) {
  const output = shown ? 'inherit' : 'pipe';
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', output, output] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
  }
  const startedMs = Date.now();
  const busy = setInterval(() => {
    if (!shown) console.log(`setup:   ${Math.round((Date.now() - startedMs) / 1000)} s`);
  }, STILL_BUSY_MS);
  const ended = await new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(signal ?? code));
  });
  clearInterval(busy);
  if (ended === 0) return;
  const told = shown ? [] : shortened(text.trimEnd().split('\n')).map((line) => `  | ${line}`);
  throw new SetupError([`'${[command, ...args].join(' ')}' failed (${ended})`, ...told].join('\n'));
}

function shortened(lines) {
  if (lines.length <= 2 * SHOWN_LINES) return lines;
  return [...lines.slice(0, SHOWN_LINES), '...', ...lines.slice(-SHOWN_LINES)];
}
